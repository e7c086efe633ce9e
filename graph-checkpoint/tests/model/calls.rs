//! Random calls.

use std::time::{Duration, SystemTime};

use fastrand::Rng;
use graph_core::checkpoint::{
    HistoryQuery, PendingRecord, PendingWrite, Record, RecordedUpdate, Remembered, RememberedKind, Retention, Source,
    StepRecord,
};
use uuid::Uuid;

use super::plain::Model;

/// A call of a checkpointer. Threads and owners are numbers; a lease is the number of one that was taken.
#[derive(Clone, Debug)]
pub(crate) enum Call {
    Append { thread: usize, record: Box<Record>, lease: Option<usize> },
    Load { thread: usize, at: Option<Uuid> },
    History { thread: usize, query: HistoryQuery },
    Lease { thread: usize, owner: usize, is_live: bool },
    Renew { lease: usize, is_live: bool },
    Release { lease: usize },
    Delete { thread: usize, lease: Option<usize> },
    Copy { from: usize, to: usize },
    Prune { thread: usize, retention: Retention },
    AddSnapshot { thread: usize, checkpoint: Uuid, byte: u8 },
    Threads { after: Option<usize>, limit: Option<usize> },
}

/// How many threads there are, at most.
const THREADS: usize = 3;

/// Makes calls that mostly fit what is there.
pub(crate) struct Calls<'a> {
    pub(crate) random: &'a mut Rng,
    pub(crate) model: &'a Model,
    /// The ids of the threads.
    pub(crate) names: &'a [String],
    /// The threads of the leases that were taken.
    pub(crate) leases: &'a [usize],
}

impl Calls<'_> {
    pub(crate) fn next(&mut self) -> Call {
        let thread = self.random.usize(..THREADS);
        match self.random.u8(..100) {
            0..50 => Call::Append { thread, record: Box::new(self.record(thread)), lease: self.lease_for(thread) },
            50..58 => Call::Load { thread, at: Some(self.any_id(thread)) },
            58..68 => Call::History { thread, query: self.query(thread) },
            68..73 => Call::Lease { thread, owner: self.random.usize(..2), is_live: self.random.bool() },
            73..76 if !self.leases.is_empty() => Call::Renew { lease: self.any_lease(), is_live: self.random.bool() },
            76..80 if !self.leases.is_empty() => Call::Release { lease: self.any_lease() },
            80..82 => Call::Delete { thread, lease: self.lease_for(thread) },
            82..86 => Call::Copy { from: thread, to: self.random.usize(..THREADS) },
            86..92 => Call::Prune { thread, retention: self.retention() },
            92..96 => Call::AddSnapshot { thread, checkpoint: self.any_id(thread), byte: self.random.u8(..) },
            _ => {
                let after = self.random.bool().then_some(thread);
                Call::Threads { after, limit: self.random.bool().then(|| self.random.usize(..3)) }
            }
        }
    }

    fn log(&self, thread: usize) -> &[Record] {
        self.model.log(&self.names[thread])
    }

    fn any_lease(&mut self) -> usize {
        self.random.usize(..self.leases.len())
    }

    /// Mostly the last lease of the thread, if it has one; sometimes none, an earlier one, or another thread's.
    fn lease_for(&mut self, thread: usize) -> Option<usize> {
        match self.random.u8(..10) {
            0 if !self.leases.is_empty() => Some(self.any_lease()),
            1..3 => None,
            _ => self.leases.iter().rposition(|of| *of == thread),
        }
    }

    /// Mostly the id of a checkpoint or an input; sometimes that of pending writes, one of another thread, or none at all.
    fn any_id(&mut self, thread: usize) -> Uuid {
        let thread = if self.random.u8(..10) == 0 { self.random.usize(..THREADS) } else { thread };
        let log = self.log(thread);
        let mut ids: Vec<Uuid> = log.iter().map(|record| record.id).collect();
        ids.extend(log.iter().filter_map(|record| record.as_step()?.input));
        // Of checkpoints that were pruned, too.
        ids.extend(log.iter().filter_map(|record| record.as_step()?.parent));
        ids.push(Uuid::from_u128(1));
        ids[self.random.usize(..ids.len())]
    }

    fn checkpoint(&mut self, thread: usize) -> Option<Uuid> {
        let steps: Vec<Uuid> =
            self.log(thread).iter().filter(|record| record.as_step().is_some()).map(|record| record.id).collect();
        match self.random.u8(..20) {
            0 => Some(self.any_id(thread)).filter(|id| self.is_no_record_of_pending_writes(thread, *id)),
            1..6 if !steps.is_empty() => Some(steps[self.random.usize(..steps.len())]),
            _ => steps.last().copied(),
        }
    }

    fn is_no_record_of_pending_writes(&self, thread: usize, id: Uuid) -> bool {
        self.log(thread).iter().all(|record| record.id != id || record.as_step().is_some())
    }

    fn record(&mut self, thread: usize) -> Record {
        let last = self.log(thread).last().map(|record| record.id);
        let after = if self.random.u8(..12) == 0 { Some(self.any_id(thread)) } else { last };
        let parent = self.checkpoint(thread);
        let mut record = match parent {
            Some(parent) if self.random.u8(..3) == 0 => Record::pending(self.id(), after, 0, self.pending(parent)),
            _ => Record::step(self.id(), after, self.random.u64(..), self.step(parent)),
        };
        if self.random.bool() {
            record.namespace = format!("outer:{}|inner", self.random.u8(..));
        }
        // Whole microseconds: all savers agree on the times of listed threads.
        let age = if self.random.bool() { 0 } else { 48 };
        record.at = SystemTime::UNIX_EPOCH + Duration::from_micros(now() - age * 3_600_000_000);
        record
    }

    fn id(&mut self) -> Uuid {
        Uuid::from_u128(self.random.u128(..))
    }

    fn bytes(&mut self) -> Vec<u8> {
        (0..self.random.usize(..20)).map(|_| self.random.u8(..)).collect()
    }

    fn update(&mut self) -> RecordedUpdate {
        RecordedUpdate { node: self.random.bool().then(|| "größe'; --".into()), update: self.bytes() }
    }

    fn step(&mut self, parent: Option<Uuid>) -> StepRecord {
        let sources = [Source::Input, Source::Loop, Source::Update, Source::Fork];
        let mut step = StepRecord::new(parent, self.random.i64(-1..4), sources[self.random.usize(..4)]);
        step.input = (self.random.u8(..4) == 0).then(|| self.id());
        step.writes = (0..self.random.u8(..3)).map(|_| self.update()).collect();
        step.next = (0..self.random.u8(..3)).map(|_| self.bytes()).collect();
        step.arrived = (0..self.random.u8(..2)).map(|_| vec![true, false]).collect();
        step.snapshot = (parent.is_none() || self.random.u8(..4) == 0).then(|| self.bytes());
        step
    }

    fn pending(&mut self, parent: Uuid) -> PendingRecord {
        let write = PendingWrite {
            task: self.random.usize(..3),
            write: self.update(),
            route: self.random.bool().then(|| self.bytes()),
            pushed: (0..self.random.u8(..3)).map(|_| self.bytes()).collect(),
        };
        let mut pending = PendingRecord::new(parent, self.random.i64(-1..4), vec![write]);
        let (key, value) = (self.id(), self.bytes());
        pending.remembered = vec![Remembered { task: 0, kind: RememberedKind::Answer, key, name: "who".into(), value }];
        pending
    }

    fn query(&mut self, thread: usize) -> HistoryQuery {
        let mut query = HistoryQuery::new();
        if self.random.u8(..3) == 0 {
            query = query.before(self.any_id(thread));
        }
        if self.random.bool() {
            query = query.limit(self.random.usize(..4));
        }
        if self.random.u8(..3) == 0 {
            query = query.source([Source::Input, Source::Loop, Source::Fork][self.random.usize(..3)]);
        }
        if self.random.u8(..3) == 0 {
            query = query.step(self.random.i64(-2..4));
        }
        query.without_snapshots = self.random.bool();
        query
    }

    fn retention(&mut self) -> Retention {
        let day = Duration::from_hours(24);
        match self.random.u8(..4) {
            0 => Retention::newer_than(day),
            1 => Retention::last(self.random.usize(..3)).and_newer_than(day),
            _ => Retention::last(self.random.usize(..5)),
        }
    }
}

/// Microseconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_micros() as u64)
}
