//! An interrupt that waits for its answer.

use std::fmt;

use super::InterruptId;
use crate::context::TaskId;
use crate::graph::Graph;

/// An interrupt that waits for its answer.
#[non_exhaustive]
pub struct Waiting<G: Graph> {
    /// Its id.
    pub id: InterruptId,
    /// The node that asks; the node that is a subgraph, if it asks inside one.
    pub node: G::Node,
    /// The task of that node.
    pub task: TaskId,
    /// What it asks.
    pub value: G::Interrupt,
    /// Its kind, by index.
    pub(crate) kind: usize,
}

impl<G: Graph> Clone for Waiting<G> {
    fn clone(&self) -> Self {
        Self { id: self.id, node: self.node, task: self.task, value: self.value.clone(), kind: self.kind }
    }
}

impl<G: Graph<Interrupt: fmt::Debug>> fmt::Debug for Waiting<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Waiting");
        out.field("id", &self.id).field("node", &self.node).field("value", &self.value).finish_non_exhaustive()
    }
}
