//! A saved step of a thread.

use std::sync::Arc;
use std::time::SystemTime;

use uuid::Uuid;

use crate::checkpoint::Source;
use crate::graph::Graph;

/// A saved step of a thread: the state after it, and what runs next.
#[non_exhaustive]
pub struct Snapshot<G: Graph> {
    /// The state.
    pub values: Arc<G::State>,
    /// The nodes that run next, one for each task (a `for` edge may send one node several); none where the last run has
    /// ended. A deferred node that waits for others is not among them.
    pub next: Vec<G::Node>,
    /// The step: 0 for the first input, 1 for the first nodes.
    pub step: i64,
    /// Whether an input was taken in or a super-step ran.
    pub source: Source,
    /// The checkpoint's id; `None` on a thread that has none yet.
    pub id: Option<Uuid>,
    /// The checkpoint that it follows.
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
