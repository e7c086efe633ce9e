//! Loading a thread: its last snapshot, with the later updates applied.

use std::sync::Arc;
use std::time::SystemTime;

use uuid::Uuid;

use super::Binding;
use super::snapshots::SinceSnapshot;
use crate::checkpoint::{
    CheckpointError, Codec, Lineage, PendingWrite, Place, Record, RecordKind, Remembered, RememberedKind, Source,
    StepRecord,
};
use crate::context::TaskId;
use crate::graph::{Graph, GraphNode as _};
use crate::run::{Cursor, PendingTask, TaskError, waiting};
use crate::state::State;
use crate::thread::{Snapshot, SnapshotTask};

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
    /// The id of the last record that was loaded: the head, or its last pending writes.
    pub end: Uuid,
    /// The id of the log's last record: the head, or what was appended after it.
    pub last: Uuid,
    /// What was saved since the last snapshot.
    pub since_snapshot: SinceSnapshot,
    /// What tasks of the next step remember.
    pub remembered: Vec<Remembered>,
    /// The updates of nodes since the first record, combined: what a subgraph returns.
    pub written: Option<<G::State as State>::Update>,
}

impl<G: Graph> Binding<G> {
    /// Loads the thread; `None` if it does not exist.
    pub(crate) async fn load(&self) -> Result<Option<Loaded<G>>, CheckpointError> {
        let Lineage { records, last, .. } = self.saver.load(&self.thread, self.at).await?;
        let mut loaded = self.codec.restore(&self.thread, records, last, false)?;
        if let (Some(loaded), Some(_)) = (&mut loaded, self.at)
            && loaded.end != loaded.last
        {
            // The step behind it is complete: what its tasks had done then is in the next checkpoint.
            loaded.cursor.pending.clear();
        }
        Ok(loaded)
    }
}

impl<G: Graph> Binding<G> {
    /// A checkpoint; `None` if the thread does not exist. That of an input has the state before it.
    pub(crate) async fn read(
        mut self,
        checkpoint: Uuid,
        is_input: bool,
    ) -> Result<Option<Snapshot<G>>, CheckpointError> {
        self.at = Some(checkpoint);
        let thread = self.thread.clone();
        if !is_input {
            let loaded = self.load().await?;
            return Ok(
                loaded.map(|Loaded { state, cursor, head, .. }| Snapshot::of(head, Arc::new(state), &cursor, thread))
            );
        }
        let Lineage { mut records, last, .. } = self.saver.load(&self.thread, self.at).await?;
        let Some(applied) = records.pop() else { return Ok(None) };
        let Some(step) = applied.as_step() else { return Ok(None) };
        let Some(head) = Head::of_input(step, applied.at) else { return Ok(None) };
        let before = self.codec.restore(&thread, records, last, false)?;
        let state = before.map_or_else(G::State::__initial, |before| before.state);
        Ok(Some(Snapshot::of_input(head, Arc::new(state), step.step, thread)))
    }

    /// Whether a checkpoint is that of an input.
    pub(crate) async fn is_input(&self, checkpoint: Uuid) -> Result<bool, CheckpointError> {
        let Lineage { records, .. } = self.saver.load(&self.thread, Some(checkpoint)).await?;
        Ok(records.iter().any(|record| record.as_step().is_some_and(|step| step.input == Some(checkpoint))))
    }
}

impl<G: Graph> Codec<G> {
    /// What the records of a lineage add up to, and, if it `gathers`, what nodes have written; `None` without records.
    pub(super) fn restore(
        &self,
        thread: &str,
        records: Vec<Record>,
        last: Option<Uuid>,
        gathers: bool,
    ) -> Result<Option<Loaded<G>>, CheckpointError> {
        let mut written: Option<<G::State as State>::Update> = None;
        let end = records.last().map(|record| record.id);
        let mut state: Option<G::State> = None;
        let mut head: Option<(Head, StepRecord)> = None;
        let mut since_snapshot = SinceSnapshot::DUE;
        let mut pending: Vec<PendingWrite> = Vec::new();
        let mut remembered: Vec<Remembered> = Vec::new();
        let mut kept = Vec::new();
        for record in records {
            let Record { id, at, kind, .. } = record;
            match kind {
                RecordKind::Pending(record) => {
                    if head.as_ref().is_some_and(|(head, _)| head.id == record.parent) {
                        pending.extend(record.writes);
                        remembered.extend(record.remembered);
                    }
                }
                RecordKind::Step(mut step) => {
                    kept.append(&mut step.kept);
                    pending.clear();
                    remembered.clear();
                    since_snapshot.saved(&step);
                    let place = Place { thread, checkpoint: id, step: step.step };
                    if gathers {
                        self.gather(&mut written, &step, place)?;
                    }
                    state = Some(self.apply(state.take(), &step, place)?);
                    head = Some((Head::of(id, &step, at), step));
                }
            }
        }
        let (Some(state), Some((head, step)), Some(end), Some(last)) = (state, head, end, last) else {
            return Ok(None);
        };
        let place = Place { thread, checkpoint: head.id, step: step.step };
        let mut cursor = self.cursor(step, pending, place)?;
        cursor.kept.load(kept);
        unfinished(&mut cursor, &remembered);
        Ok(Some(Loaded { state, cursor, head, end, last, since_snapshot, remembered, written }))
    }

    /// Adds the updates of a step's nodes.
    fn gather(
        &self,
        written: &mut Option<<G::State as State>::Update>,
        step: &StepRecord,
        place: Place<'_>,
    ) -> Result<(), CheckpointError> {
        for write in step.writes.iter().filter(|write| write.node.is_some()) {
            let update = self.decode_update(&write.update, place)?;
            match &mut *written {
                Some(first) => G::State::__combine(first, update),
                none => *none = Some(update),
            }
        }
        Ok(())
    }

    /// The state after a step.
    fn apply(&self, state: Option<G::State>, step: &StepRecord, place: Place<'_>) -> Result<G::State, CheckpointError> {
        match (&step.snapshot, state) {
            (Some(snapshot), _) => self.decode_state(snapshot, place),
            (None, Some(mut state)) => {
                for write in &step.writes {
                    state.apply(self.decode_update(&write.update, place)?);
                }
                Ok(state)
            }
            (None, None) => Err(CheckpointError::NoSnapshot { thread: place.thread.to_owned(), step: step.step }),
        }
    }

    fn cursor(
        &self,
        step: StepRecord,
        pending: Vec<PendingWrite>,
        place: Place<'_>,
    ) -> Result<Cursor<G>, CheckpointError> {
        let (codec, number) = (self, step.step);
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

impl<G: Graph> Loaded<G> {
    /// Drops what tasks of the next step have done: all of them run.
    pub(super) fn forget_progress(&mut self) {
        self.cursor.forget_progress();
        self.remembered.clear();
    }
}

/// What tasks wait for, and the errors of those that failed.
fn unfinished<G: Graph>(cursor: &mut Cursor<G>, remembered: &[Remembered]) {
    let is_answered = |key| remembered.iter().any(|answer| answer.kind == RememberedKind::Answer && answer.key == key);
    for remembered in remembered {
        match remembered.kind {
            RememberedKind::Interrupt if !is_answered(remembered.key) => {
                cursor.asked.push(Arc::new(remembered.clone()));
            }
            RememberedKind::Error => {
                let error = String::from_utf8_lossy(&remembered.value).into_owned();
                cursor.errors.retain(|known| known.task != remembered.task);
                cursor.errors.push(TaskError { task: remembered.task, error });
            }
            _ => {}
        }
    }
    // An error of a task that has run again since.
    let Cursor { errors, pending, asked, .. } = cursor;
    errors.retain(|error| {
        !pending.iter().any(|pending| pending.task == error.task) && !asked.iter().any(|asked| asked.task == error.task)
    });
}

impl<G: Graph> Snapshot<G> {
    /// A checkpoint as a snapshot.
    pub(crate) fn of(head: Head, state: Arc<G::State>, cursor: &Cursor<G>, thread_id: Arc<str>) -> Self {
        let tasks: Vec<_> = (0..cursor.tasks.len()).map(|index| SnapshotTask::of(head.id, cursor, index)).collect();
        let next = tasks.iter().filter(|task| !task.is_done).map(|task| task.node).collect();
        let Head { id, parent, source, at } = head;
        Self { values: state, next, tasks, step: cursor.step, source, id: Some(id), parent, thread_id, at }
    }

    /// The checkpoint of an input, which is the next step: `step`.
    pub(crate) fn of_input(head: Head, before: Arc<G::State>, step: i64, thread_id: Arc<str>) -> Self {
        let Head { id, parent, source, at } = head;
        let (next, tasks) = (Vec::new(), Vec::new());
        Self { values: before, next, tasks, step: step - 1, source, id: Some(id), parent, thread_id, at }
    }
}

impl<G: Graph> SnapshotTask<G> {
    /// The task with this index of the step after a checkpoint.
    fn of(checkpoint: Uuid, cursor: &Cursor<G>, index: usize) -> Self {
        let node = G::node_of(&cursor.tasks[index]);
        let id = TaskId::new(checkpoint, cursor.step + 1, node.name(), index);
        let asked = cursor.asked.iter().filter(|asked| asked.task == index);
        let error = cursor.errors.iter().find(|error| error.task == index);
        Self {
            id,
            node,
            is_done: cursor.pending.iter().any(|pending| pending.task == index),
            error: error.map(|error| error.error.clone()),
            interrupts: asked.filter_map(|asked| waiting(asked, node, id)).collect(),
        }
    }
}
