//! A checkpoint of a thread.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use uuid::Uuid;

use crate::checkpoint::Source;
use crate::context::TaskId;
use crate::graph::Graph;
use crate::interrupt::Waiting;

/// A checkpoint of a thread: the state after a step, and what runs next.
///
/// An input makes two: its own, which has the state before it ([`Source::Input`]), and that of the step which applies it.
#[non_exhaustive]
pub struct Snapshot<G: Graph> {
    /// The state.
    pub values: Arc<G::State>,
    /// The nodes that run next, one for each task (a `for` edge may send one node several); empty if nothing is left to
    /// run, and in an input's own checkpoint, where START is next (`__start__` in JSON). Deferred nodes that wait for
    /// others are left out, and so are tasks that have ended in a step that failed.
    pub next: Vec<G::Node>,
    /// The tasks of the next step, in the order in which they start; none in an input's own checkpoint.
    pub tasks: Vec<SnapshotTask<G>>,
    /// The step: -1 for the first input, 0 for its application, 1 for the first nodes, -2 before any input.
    pub step: i64,
    /// What made the checkpoint: an input, or a step.
    pub source: Source,
    /// The checkpoint's id; `None` for a thread without checkpoints.
    pub id: Option<Uuid>,
    /// The previous checkpoint in the lineage.
    pub parent: Option<Uuid>,
    /// The thread.
    pub thread_id: Arc<str>,
    /// When it was saved.
    pub at: SystemTime,
}

/// A task of a checkpoint's next step.
#[non_exhaustive]
pub struct SnapshotTask<G: Graph> {
    /// Its id.
    pub id: TaskId,
    /// Its node.
    pub node: G::Node,
    /// Whether it has ended and its update is saved: it does not run again.
    pub is_done: bool,
    /// Its error in the last run that tried the step, if it failed.
    pub error: Option<String>,
    /// What it asks. It runs again once all of it is answered.
    pub interrupts: Vec<Waiting<G>>,
}

impl<G: Graph> Snapshot<G> {
    /// What waits for an answer, in the order of the tasks.
    pub fn interrupts(&self) -> impl Iterator<Item = &Waiting<G>> {
        self.tasks.iter().flat_map(|task| &task.interrupts)
    }
}

impl<G: Graph> Clone for SnapshotTask<G> {
    fn clone(&self) -> Self {
        let Self { id, node, is_done, error, interrupts } = self;
        Self { id: *id, node: *node, is_done: *is_done, error: error.clone(), interrupts: interrupts.clone() }
    }
}

impl<G: Graph<Interrupt: fmt::Debug>> fmt::Debug for SnapshotTask<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("SnapshotTask");
        out.field("node", &self.node).field("is_done", &self.is_done).field("error", &self.error);
        out.field("interrupts", &self.interrupts).finish_non_exhaustive()
    }
}

impl<G: Graph> Clone for Snapshot<G> {
    fn clone(&self) -> Self {
        Self {
            values: self.values.clone(),
            next: self.next.clone(),
            tasks: self.tasks.clone(),
            step: self.step,
            source: self.source,
            id: self.id,
            parent: self.parent,
            thread_id: self.thread_id.clone(),
            at: self.at,
        }
    }
}
