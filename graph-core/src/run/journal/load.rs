//! Loading a thread: its last snapshot, with the later updates applied.

use std::sync::Arc;
use std::time::SystemTime;

use uuid::Uuid;

use super::Binding;
use crate::checkpoint::{CheckpointError, PendingWrite, Record, RecordKind, Source, StepRecord};
use crate::graph::Graph;
use crate::run::Cursor;
use crate::state::{State, fingerprint};
use crate::thread::Snapshot;

/// The metadata of a checkpoint, for snapshots.
#[derive(Clone, Copy)]
pub(crate) struct Head {
    pub id: Uuid,
    pub parent: Option<Uuid>,
    pub source: Source,
    pub at: SystemTime,
}

/// A loaded thread.
pub(crate) struct Loaded<G: Graph> {
    pub state: G::State,
    pub cursor: Cursor<G>,
    /// The last checkpoint.
    pub head: Head,
    /// The id of the log's last record: the head, or pending writes after it.
    pub last: Uuid,
    /// The number of checkpoints after the last snapshot.
    pub since_snapshot: usize,
}

impl<G: Graph> Binding<G> {
    /// Loads the thread; `None` if it does not exist.
    pub(crate) async fn load(&self) -> Result<Option<Loaded<G>>, CheckpointError> {
        let mut state: Option<G::State> = None;
        let mut head: Option<(Head, StepRecord)> = None;
        let (mut last, mut since_snapshot) = (None, 0);
        let mut pending: Vec<PendingWrite> = Vec::new();
        for record in self.saver.tail(&self.thread).await? {
            last = Some(record.id);
            let Record { id, at, fingerprint, kind, .. } = record;
            match kind {
                RecordKind::Pending(record) => {
                    if head.as_ref().is_some_and(|(head, _)| head.id == record.parent) {
                        pending.extend(record.writes);
                    }
                }
                RecordKind::Step(step) => {
                    pending.clear();
                    since_snapshot = if step.snapshot.is_some() { 0 } else { since_snapshot + 1 };
                    state = Some(self.apply(state.take(), &step, fingerprint)?);
                    head = Some((Head { id, parent: step.parent, source: step.source, at }, step));
                }
            }
        }
        let (Some(state), Some((head, step)), Some(last)) = (state, head, last) else { return Ok(None) };
        let cursor = self.cursor(step, pending)?;
        Ok(Some(Loaded { state, cursor, head, last, since_snapshot }))
    }

    /// The state after a step.
    fn apply(&self, state: Option<G::State>, step: &StepRecord, saved_with: u64) -> Result<G::State, CheckpointError> {
        let (thread, number) = (&*self.thread, step.step);
        match (&step.snapshot, state) {
            (Some(snapshot), _) => self.codec.decode_state(snapshot, thread, number),
            (None, Some(mut state)) if saved_with == fingerprint::<G::State>() => {
                for write in &step.writes {
                    state.apply(self.codec.decode_update(&write.update, thread, number)?);
                }
                Ok(state)
            }
            (None, Some(_)) => Err(CheckpointError::Changed { thread: thread.to_owned(), step: number }),
            (None, None) => Err(CheckpointError::NoSnapshot { thread: thread.to_owned(), step: number }),
        }
    }

    fn cursor(&self, step: StepRecord, pending: Vec<PendingWrite>) -> Result<Cursor<G>, CheckpointError> {
        let (codec, thread, number) = (&self.codec, &*self.thread, step.step);
        let tasks = step.next.iter().map(|task| codec.decode_task(task, thread, number));
        let tasks: Vec<G::Task> = tasks.collect::<Result<_, _>>()?;
        let pending = pending
            .into_iter()
            .map(|PendingWrite { task, write }| Ok((task, codec.decode_update(&write.update, thread, number)?)));
        let mut cursor =
            Cursor { step: number, pending: pending.collect::<Result<_, CheckpointError>>()?, ..Cursor::new() };
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
        let next = cursor.tasks.iter().map(G::node_of).collect();
        let Head { id, parent, source, at } = head;
        Self { values: state, next, step: cursor.step, source, id: Some(id), parent, thread_id, at }
    }
}
