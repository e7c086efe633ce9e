//! The model: what a checkpointer does, written as plainly as possible.

use std::collections::BTreeMap;
use std::time::SystemTime;

use graph_core::checkpoint::{HistoryQuery, Record, RecordKind, Source, StepRecord};
use uuid::Uuid;

/// A bug of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bug {
    None,
    LogOrder,
    ForgetsPendingWrites,
    NoCompareAndSwap,
    IgnoresLeases,
    PrunesWhatIsNeeded,
    PrunesPendingWrites,
    IgnoresFilters,
    CopiesTheLease,
}

/// An error, as far as all savers agree on it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Refusal {
    Conflict,
    Stale,
    Leased(String),
    UnknownThread,
    Exists,
    UnknownCheckpoint(Uuid),
}

pub(crate) type Answer<T> = Result<T, Refusal>;

/// A lease: its owner, its number, and whether its time has not passed.
#[derive(Clone, Debug)]
struct Held {
    owner: String,
    number: usize,
    is_live: bool,
}

pub(crate) struct Model {
    pub(crate) bug: Bug,
    pub(crate) logs: BTreeMap<String, Vec<Record>>,
    leases: BTreeMap<String, Held>,
    taken: usize,
}

fn step(record: &Record) -> Option<&StepRecord> {
    record.as_step()
}

impl Model {
    pub(crate) fn new(bug: Bug) -> Self {
        Self { bug, logs: BTreeMap::new(), leases: BTreeMap::new(), taken: 0 }
    }

    pub(crate) fn log(&self, thread: &str) -> &[Record] {
        self.logs.get(thread).map_or(&[], Vec::as_slice)
    }

    /// With the number of a lease of this thread.
    fn fence(&self, thread: &str, lease: Option<usize>) -> Answer<()> {
        let held = self.leases.get(thread);
        match (lease, held) {
            _ if self.bug == Bug::IgnoresLeases => Ok(()),
            (Some(number), Some(held)) if held.number == number => Ok(()),
            (Some(_), _) => Err(Refusal::Stale),
            (None, Some(held)) if held.is_live => Err(Refusal::Leased(held.owner.clone())),
            (None, _) => Ok(()),
        }
    }

    pub(crate) fn append(&mut self, thread: &str, record: Record, lease: Option<usize>) -> Answer<()> {
        self.fence(thread, lease)?;
        let log = self.log(thread);
        if log.last().map(|last| last.id) != record.after && self.bug != Bug::NoCompareAndSwap {
            return Err(Refusal::Conflict);
        }
        if let Some(StepRecord { parent: Some(parent), snapshot: None, .. }) = step(&record)
            && !log.iter().any(|other| other.id == *parent && step(other).is_some())
        {
            return Err(Refusal::UnknownCheckpoint(*parent));
        }
        self.logs.entry(thread.to_owned()).or_default().push(record);
        Ok(())
    }

    /// The checkpoints that a checkpoint is restored from, itself included.
    fn ancestors(log: &[Record], head: &Record, is_input: bool) -> Vec<Record> {
        let mut path = vec![head.clone()];
        loop {
            let last = &path[path.len() - 1];
            let StepRecord { parent, snapshot, .. } = step(last).unwrap();
            let is_enough = snapshot.is_some() && !(is_input && path.len() == 1);
            let found = parent.and_then(|parent| log.iter().find(|record| record.id == parent));
            match found {
                Some(parent) if !is_enough => path.push(parent.clone()),
                _ => break,
            }
        }
        path.reverse();
        path
    }

    pub(crate) fn load(&self, thread: &str, at: Option<Uuid>) -> Answer<(Vec<Record>, Option<Uuid>)> {
        let log = self.log(thread);
        let last = log.last().map(|last| last.id);
        let mut heads = log.iter().rev().filter(|record| step(record).is_some());
        let head = match at {
            None => heads.next(),
            Some(id) => heads.find(|record| record.id == id || step(record).unwrap().input == Some(id)),
        };
        let Some(head) = head else {
            return at.map_or(Ok((Vec::new(), last)), |at| Err(Refusal::UnknownCheckpoint(at)));
        };
        let is_input = at.is_some_and(|at| at != head.id);
        let mut records = Self::ancestors(log, head, is_input);
        if is_input && records.len() == 1 && step(head).unwrap().parent.is_some() {
            return Err(Refusal::UnknownCheckpoint(at.unwrap()));
        }
        if self.bug == Bug::LogOrder {
            let end = log.iter().position(|record| record.id == head.id).unwrap();
            records = log[..=end].iter().filter(|record| step(record).is_some()).cloned().collect();
        }
        if !is_input && self.bug != Bug::ForgetsPendingWrites {
            records.extend(log.iter().filter(|record| parent_of_pending(record) == Some(head.id)).cloned());
        }
        Ok((records, last))
    }

    pub(crate) fn history(&self, thread: &str, query: &HistoryQuery) -> Answer<Vec<Record>> {
        let log = self.log(thread);
        let has = |record: &Record, id| step(record).is_some_and(|step| record.id == id || step.input == Some(id));
        let end = match query.before {
            None => log.len(),
            Some(id) => log.iter().position(|record| has(record, id)).ok_or(Refusal::UnknownCheckpoint(id))?,
        };
        let is_meant = |source: Source, number: i64| {
            query.source.is_none_or(|meant| meant == source) && query.step.is_none_or(|meant| meant == number)
        };
        let selected = |record: &&Record| {
            step(record).is_some_and(|step| {
                self.bug == Bug::IgnoresFilters
                    || is_meant(step.source, step.step)
                    || (step.input.is_some() && is_meant(Source::Input, step.step - 1))
            })
        };
        let mut records: Vec<Record> = log[..end].iter().rev().filter(selected).cloned().collect();
        records.truncate(query.limit.unwrap_or(usize::MAX));
        for record in &mut records {
            if let (true, RecordKind::Step(step)) = (query.without_snapshots, &mut record.kind) {
                step.snapshot = None;
            }
        }
        Ok(records)
    }

    /// The number of the new lease.
    pub(crate) fn lease(&mut self, thread: &str, owner: &str, is_live: bool) -> Answer<usize> {
        if let Some(held) = self.leases.get(thread).filter(|held| held.is_live && held.owner != owner) {
            return Err(Refusal::Leased(held.owner.clone()));
        }
        self.taken += 1;
        self.leases.insert(thread.to_owned(), Held { owner: owner.to_owned(), number: self.taken, is_live });
        Ok(self.taken)
    }

    pub(crate) fn renew(&mut self, thread: &str, number: usize, is_live: bool) -> Answer<()> {
        let held = self.leases.get_mut(thread).filter(|held| held.number == number).ok_or(Refusal::Stale)?;
        held.is_live = is_live;
        Ok(())
    }

    pub(crate) fn release(&mut self, thread: &str, number: usize) {
        if self.leases.get(thread).is_some_and(|held| held.number == number) {
            self.leases.remove(thread);
        }
    }

    pub(crate) fn delete(&mut self, thread: &str, lease: Option<usize>) -> Answer<()> {
        self.fence(thread, lease)?;
        self.logs.remove(thread);
        self.leases.remove(thread);
        Ok(())
    }

    pub(crate) fn copy(&mut self, from: &str, to: &str) -> Answer<()> {
        if self.logs.contains_key(to) {
            return Err(Refusal::Exists);
        }
        self.fence(to, None)?;
        let log = self.logs.get(from).ok_or(Refusal::UnknownThread)?.clone();
        self.logs.insert(to.to_owned(), log);
        if let (Bug::CopiesTheLease, Some(held)) = (self.bug, self.leases.get(from).cloned()) {
            self.leases.insert(to.to_owned(), held);
        }
        Ok(())
    }

    /// The number of checkpoints that are deleted.
    pub(crate) fn prune(&mut self, thread: &str, last: usize, since: Option<SystemTime>) -> u64 {
        let log = self.log(thread);
        let steps: Vec<&Record> = log.iter().rev().filter(|record| step(record).is_some()).collect();
        let mut kept = Vec::new();
        for (newer, record) in steps.iter().enumerate() {
            if newer < last.max(1) || since.is_some_and(|since| record.at >= since) {
                kept.push(record.id);
                if self.bug != Bug::PrunesWhatIsNeeded {
                    kept.extend(Self::ancestors(log, record, false).iter().map(|ancestor| ancestor.id));
                }
            }
        }
        let end = log.last().map(|last| last.id);
        let keeps_pending = self.bug != Bug::PrunesPendingWrites;
        let is_kept = |record: &&Record| match parent_of_pending(record) {
            None => kept.contains(&record.id),
            Some(parent) => (kept.contains(&parent) && keeps_pending) || Some(record.id) == end,
        };
        let left: Vec<Record> = log.iter().filter(is_kept).cloned().collect();
        let deleted = steps.len() - left.iter().filter(|record| step(record).is_some()).count();
        if let Some(log) = self.logs.get_mut(thread) {
            *log = left;
        }
        deleted as u64
    }

    pub(crate) fn add_snapshot(&mut self, thread: &str, checkpoint: Uuid, snapshot: Vec<u8>) -> Answer<()> {
        let log = self.logs.get_mut(thread).map(Vec::as_mut_slice).unwrap_or_default();
        for record in log.iter_mut().filter(|record| record.id == checkpoint) {
            if let RecordKind::Step(step) = &mut record.kind {
                step.snapshot.get_or_insert(snapshot);
                return Ok(());
            }
        }
        Err(Refusal::UnknownCheckpoint(checkpoint))
    }
}

fn parent_of_pending(record: &Record) -> Option<Uuid> {
    match &record.kind {
        RecordKind::Pending(pending) => Some(pending.parent),
        _ => None,
    }
}
