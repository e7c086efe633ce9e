//! Saving a run to its log. The journal owns its writes to the saver: they proceed while tasks run.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context as Poller, Poll, ready};
use std::time::SystemTime;

use uuid::Uuid;

use super::binding::{Binding, Opened};
use super::journal::Journal;
use super::load::{Head, Loaded};
use super::log::{Appending, Log, SubgraphLog};
use super::snapshots::SinceSnapshot;
use crate::checkpoint::{
    CheckpointError, Codec, PendingRecord, PendingWrite, Record, RecordKind, RecordedUpdate, Remembered, Source,
    StepRecord,
};
use crate::graph::{Graph, GraphNode};
use crate::random::{ordered_id, ordered_id_at};
use crate::run::Cursor;
use crate::state::{State, fingerprint};
use crate::thread::{Durability, Snapshot};

/// The journal of a run on a thread, or of a subgraph's run there.
pub(super) struct ThreadJournal<G: Graph> {
    codec: Codec<G>,
    log: Log,
    /// The last checkpoint.
    head: Option<Head>,
    /// The checkpoint of the input that the last one applied.
    input: Option<Head>,
    /// The id of the last record that was handed to the saver.
    last: Option<Uuid>,
    since_snapshot: SinceSnapshot,
    /// Records queued behind the one in flight.
    queue: VecDeque<Record>,
    in_flight: Option<Appending>,
    durability: Durability,
    /// With [`Durability::Exit`], the steps since the first record of the run as one, and what tasks of the next one have done.
    held: Held,
}

/// What is saved when the run ends.
#[derive(Default)]
struct Held {
    step: Option<Record>,
    pending: Vec<Record>,
}

impl<G: Graph> ThreadJournal<G> {
    /// Opens a thread and loads it.
    pub(super) async fn open(binding: Binding<G>) -> Result<Opened<G>, CheckpointError> {
        let mut loaded = binding.load().await?;
        if let (Some(loaded), Some(_)) = (&mut loaded, binding.at) {
            // A branch starts its step anew.
            loaded.forget_progress();
        }
        let Binding { saver, codec, thread, lease, policy, .. } = binding;
        Ok(Self::over(codec, Log::Thread { saver, thread, lease }, loaded, policy.durability))
    }

    /// Opens the log of a subgraph's run.
    pub(super) fn open_subgraph(codec: Codec<G>, log: SubgraphLog) -> Result<Opened<G>, CheckpointError> {
        let (records, thread) = (log.records()?, log.thread.clone());
        let last = records.last().map(|record| record.id);
        let loaded = codec.restore(&thread, records, last, true)?;
        // The journal of the run around it decides when its records are saved.
        Ok(Self::over(codec, Log::Subgraph(log), loaded, Durability::Sync))
    }

    fn over(codec: Codec<G>, log: Log, loaded: Option<Loaded<G>>, durability: Durability) -> Opened<G> {
        let head = loaded.as_ref().map(|loaded| loaded.head);
        let last = loaded.as_ref().map(|loaded| loaded.last);
        // A thread's first checkpoint is a snapshot. Later runs continue the count, so that a run costs what it writes.
        let since_snapshot = loaded.as_ref().map_or(SinceSnapshot::DUE, |loaded| loaded.since_snapshot);
        let (queue, input, in_flight) = (VecDeque::new(), None, None);
        let held = Held::default();
        let journal = Self { codec, log, head, input, last, since_snapshot, queue, in_flight, durability, held };
        (Box::new(journal), loaded)
    }
}

impl<G: Graph> ThreadJournal<G> {
    /// Whether records wait for the end of the run.
    fn holds(&self) -> bool {
        self.durability == Durability::Exit
    }

    /// Appends a record behind the log's last one.
    fn append(&mut self, mut record: Record) {
        record.after = self.last.replace(record.id);
        self.queue.push_back(record);
    }

    /// Appends a checkpoint, which is the head from now on, saved or not. If steps are held, it is added to them, unless the
    /// run begins with it.
    fn append_step(&mut self, mut step: StepRecord) {
        let begins = step.input.is_some() || step.source == Source::Fork;
        let earlier = self.held.step.take();
        self.held.pending.clear();
        if step.snapshot.is_some() || earlier.is_none() {
            self.since_snapshot.saved(&step);
        }
        if let Some(RecordKind::Step(earlier)) = earlier.map(|record| record.kind) {
            if earlier.snapshot.is_some() {
                // It is left out: the next record has one.
                self.since_snapshot = SinceSnapshot::DUE;
            }
            // The updates of both, and what follows the later one.
            step.parent = earlier.parent;
            step.writes = earlier.writes.into_iter().chain(step.writes).collect();
            step.kept = earlier.kept.into_iter().chain(step.kept).collect();
        }
        let at = SystemTime::now();
        let id = ordered_id_at(at);
        (self.head, self.input) = (Some(Head::of(id, &step, at)), Head::of_input(&step, at));
        let record = Record::made(at, id, self.last, fingerprint::<G::State>(), RecordKind::Step(step));
        if self.holds() && !begins {
            self.held.step = Some(record);
        } else {
            self.append(record);
        }
    }
}

impl<G: Graph> Journal<G> for ThreadJournal<G> {
    fn head(&self) -> Option<Uuid> {
        self.head.map(|head| head.id)
    }

    fn encode(
        &self,
        node: Option<G::Node>,
        update: &<G::State as State>::Update,
    ) -> Result<RecordedUpdate, CheckpointError> {
        let node = node.map(|node| Cow::Borrowed(node.name()));
        Ok(RecordedUpdate { node, update: self.codec.encode_update(update)? })
    }

    fn encode_route(&self, route: &G::Route) -> Result<Vec<u8>, CheckpointError> {
        self.codec.encode_route(route)
    }

    fn save_step(
        &mut self,
        source: Source,
        writes: Vec<RecordedUpdate>,
        cursor: &Cursor<G>,
        state: &G::State,
    ) -> Result<(), CheckpointError> {
        let codec = &self.codec;
        // A step that applies an input is one of the loop; the input has a checkpoint of its own.
        let made_by = if source == Source::Input { Source::Loop } else { source };
        let mut step = StepRecord::new(self.head(), cursor.step, made_by);
        step.input = (source == Source::Input).then(ordered_id);
        step.writes = writes;
        step.next.reserve_exact(cursor.tasks.len());
        for task in &cursor.tasks {
            step.next.push(codec.encode_task(task)?);
        }
        for task in cursor.scheduler.deferred() {
            step.next.push(codec.encode_task(&task)?);
        }
        step.arrived = cursor.scheduler.arrived().to_vec();
        // What is held is added up without one.
        let is_whole = self.held.step.is_none() && self.since_snapshot.is_due(&step);
        step.snapshot = is_whole.then(|| codec.encode_state(state)).transpose()?;
        step.kept =
            if is_whole { cursor.kept.all().cloned().collect() } else { cursor.kept.changed().cloned().collect() };
        self.append_step(step);
        Ok(())
    }

    fn save_pending(&mut self, writes: Vec<PendingWrite>, remembered: Vec<Remembered>, step: i64) {
        let Some(head) = self.head() else { return };
        if !writes.is_empty() || !remembered.is_empty() {
            let (id, mut pending) = (ordered_id(), PendingRecord::new(head, step, writes));
            pending.remembered = remembered;
            let record = Record::pending(id, self.last, fingerprint::<G::State>(), pending);
            if self.holds() {
                self.held.pending.push(record);
            } else {
                self.append(record);
            }
        }
    }

    fn poll_saved(&mut self, cx: &mut Poller<'_>) -> Poll<Result<(), CheckpointError>> {
        match (self.poll_flush(cx), self.durability) {
            // One step is being saved while the next one runs.
            (Poll::Pending, Durability::Async) if self.queue.is_empty() => Poll::Ready(Ok(())),
            (polled, _) => polled,
        }
    }

    fn poll_close(&mut self, cx: &mut Poller<'_>) -> Poll<Result<(), CheckpointError>> {
        let Held { step, pending } = std::mem::take(&mut self.held);
        step.into_iter().chain(pending).for_each(|record| self.append(record));
        self.poll_flush(cx)
    }

    fn poll_flush(&mut self, cx: &mut Poller<'_>) -> Poll<Result<(), CheckpointError>> {
        loop {
            if let Some(appending) = &mut self.in_flight {
                let appended = ready!(appending.as_mut().poll(cx));
                self.in_flight = None;
                if let Err(error) = appended {
                    // The queued records would not follow the log's last record either.
                    self.queue.clear();
                    self.held = Held::default();
                    return Poll::Ready(Err(error));
                }
            }
            let Some(record) = self.queue.pop_front() else { return Poll::Ready(Ok(())) };
            self.in_flight = Some(self.log.append(record));
        }
    }

    fn input_snapshot(&self, before: Arc<G::State>, cursor: &Cursor<G>) -> Option<Snapshot<G>> {
        let input = self.input.filter(|_| self.log.is_shown())?;
        Some(Snapshot::of_input(input, before, cursor.step, self.log.thread().clone()))
    }

    fn snapshot(&self, state: &Arc<G::State>, cursor: &Cursor<G>) -> Option<Snapshot<G>> {
        let head = self.head.filter(|_| self.log.is_shown())?;
        Some(Snapshot::of(head, state.clone(), cursor, self.log.thread().clone()))
    }
}
