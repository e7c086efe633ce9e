//! A checkpoint of a thread.

use std::sync::Arc;
use std::time::SystemTime;

use uuid::Uuid;

use crate::checkpoint::Source;
use crate::graph::Graph;

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

impl<G: Graph> Clone for Snapshot<G> {
    fn clone(&self) -> Self {
        Self {
            values: self.values.clone(),
            next: self.next.clone(),
            step: self.step,
            source: self.source,
            id: self.id,
            parent: self.parent,
            thread_id: self.thread_id.clone(),
            at: self.at,
        }
    }
}
