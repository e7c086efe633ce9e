//! Loading a thread: its last snapshot, with the later updates applied.

use std::sync::Arc;
use std::time::SystemTime;

use uuid::Uuid;

use super::Binding;
use crate::checkpoint::{CheckpointError, Lineage, PendingWrite, Place, Record, RecordKind, Source, StepRecord};
use crate::graph::Graph;
use crate::run::{Cursor, PendingTask};
use crate::state::State;
use crate::thread::Snapshot;

/// The metadata of a checkpoint, for snapshots.
#[derive(Clone, Copy)]
pub(crate) struct Head {
    pub id: Uuid,
    pub parent: Option<Uuid>,
    pub source: Source,
    pub at: SystemTime,
}

impl Head {
    /// The checkpoint of a record.
    pub(super) fn of(record: Uuid, step: &StepRecord, at: SystemTime) -> Self {
        Self { id: record, parent: step.input.or(step.parent), source: step.source, at }
    }

    /// The checkpoint of the input that a record applies, which comes before the record's own.
    pub(super) fn of_input(step: &StepRecord, at: SystemTime) -> Option<Self> {
        Some(Self { id: step.input?, parent: step.parent, source: Source::Input, at })
    }
}

/// A loaded thread.
pub(crate) struct Loaded<G: Graph> {
    pub state: G::State,
    pub cursor: Cursor<G>,
    /// The last checkpoint.
    pub head: Head,
    /// The id of the log's last record: the head, or what was appended after it.
    pub last: Uuid,
    /// The number of checkpoints after the last snapshot.
    pub since_snapshot: usize,
}

impl<G: Graph> Binding<G> {
    /// Loads the thread; `None` if it does not exist.
    pub(crate) async fn load(&self) -> Result<Option<Loaded<G>>, CheckpointError> {
        let mut state: Option<G::State> = None;
        let mut head: Option<(Head, StepRecord)> = None;
        let mut since_snapshot = 0;
        let mut pending: Vec<PendingWrite> = Vec::new();
        let Lineage { records, last, .. } = self.saver.load(&self.thread, None).await?;
        for record in records {
            let Record { id, at, kind, .. } = record;
            match kind {
                RecordKind::Pending(record) => {
                    if head.as_ref().is_some_and(|(head, _)| head.id == record.parent) {
                        pending.extend(record.writes);
                    }
                }
                RecordKind::Step(step) => {
                    pending.clear();
                    since_snapshot = if step.snapshot.is_some() { 0 } else { since_snapshot + 1 };
                    state = Some(self.apply(state.take(), &step, id)?);
                    head = Some((Head::of(id, &step, at), step));
                }
            }
        }
        let (Some(state), Some((head, step)), Some(last)) = (state, head, last) else { return Ok(None) };
        let cursor = self.cursor(step, pending, head.id)?;
        Ok(Some(Loaded { state, cursor, head, last, since_snapshot }))
    }

    /// The state after a step.
    fn apply(&self, state: Option<G::State>, step: &StepRecord, checkpoint: Uuid) -> Result<G::State, CheckpointError> {
        let (thread, step_number) = (&*self.thread, step.step);
        let place = Place { thread, checkpoint, step: step_number };
        match (&step.snapshot, state) {
            (Some(snapshot), _) => self.codec.decode_state(snapshot, place),
            (None, Some(mut state)) => {
                for write in &step.writes {
                    state.apply(self.codec.decode_update(&write.update, place)?);
                }
                Ok(state)
            }
            (None, None) => Err(CheckpointError::NoSnapshot { thread: thread.to_owned(), step: step_number }),
        }
    }

    fn cursor(
        &self,
        step: StepRecord,
        pending: Vec<PendingWrite>,
        checkpoint: Uuid,
    ) -> Result<Cursor<G>, CheckpointError> {
        let (codec, number) = (&self.codec, step.step);
        let place = Place { thread: &self.thread, checkpoint, step: number };
        let tasks = step.next.iter().map(|task| codec.decode_task(task, place));
        let tasks: Vec<G::Task> = tasks.collect::<Result<_, _>>()?;
        let mut restored = Vec::new();
        for PendingWrite { task, write, route, pushed } in pending {
            // The graph has changed if the step does not have the task.
            let Some(node) = tasks.get(task).map(G::node_index) else { continue };
            let pushed = pushed.iter().map(|update| codec.decode_update(update, place));
            restored.push(PendingTask {
                task,
                update: codec.decode_update(&write.update, place)?,
                route: route.map(|route| codec.decode_route(node, &route, place)).transpose()?,
                pushed: pushed.collect::<Result<_, _>>()?,
            });
        }
        let mut cursor = Cursor { step: number, pending: restored, ..Cursor::new() };
        let is_deferred = |task: &G::Task| G::TOPOLOGY.nodes[G::node_index(task)].deferred;
        let (deferred, now): (Vec<_>, Vec<_>) = tasks.into_iter().partition(is_deferred);
        // Deferred tasks run next only if there are no others.
        let (now, deferred) = if now.is_empty() { (deferred, Vec::new()) } else { (now, deferred) };
        cursor.tasks = now;
        cursor.scheduler.restore(step.arrived, &deferred);
        Ok(cursor)
    }
}

impl<G: Graph> Snapshot<G> {
    /// A checkpoint as a snapshot.
    pub(crate) fn of(head: Head, state: Arc<G::State>, cursor: &Cursor<G>, thread_id: Arc<str>) -> Self {
        let is_done = |task: &usize| cursor.pending.iter().any(|pending| pending.task == *task);
        let left = cursor.tasks.iter().enumerate().filter(|(task, _)| !is_done(task));
        let next = left.map(|(_, task)| G::node_of(task)).collect();
        let Head { id, parent, source, at } = head;
        Self { values: state, next, step: cursor.step, source, id: Some(id), parent, thread_id, at }
    }

    /// The checkpoint of an input, which is the next step: `step`.
    pub(crate) fn of_input(head: Head, before: Arc<G::State>, step: i64, thread_id: Arc<str>) -> Self {
        let Head { id, parent, source, at } = head;
        Self { values: before, next: Vec::new(), step: step - 1, source, id: Some(id), parent, thread_id, at }
    }
}
