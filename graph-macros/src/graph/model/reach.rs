//! What can follow what in a graph.

use super::{Model, Target};

impl Model {
    /// Everything that a node or START leads to directly, by edges, its router and joins.
    pub(crate) fn targets(&self, from: Option<usize>) -> Vec<Target> {
        let outgoing = self.outgoing(from);
        let edges = outgoing.edges.iter().map(|edge| edge.target);
        let branches = outgoing.branches().iter().map(|branch| branch.target);
        let joins =
            outgoing.joins.iter().flat_map(|(join, _)| self.joins[*join].targets.iter().map(|edge| edge.target));
        edges.chain(branches).chain(joins).collect()
    }

    /// The nodes that a node or START leads to directly.
    pub(crate) fn successors(&self, from: Option<usize>) -> impl Iterator<Item = usize> + use<> {
        self.targets(from).into_iter().filter_map(Target::node)
    }

    /// Whether a node or START leads to END or an exit directly.
    pub(crate) fn may_end(&self, from: Option<usize>) -> bool {
        self.targets(from).iter().any(|target| target.node().is_none())
    }

    /// For each node, whether a node or START leads to it directly or through other nodes.
    pub(crate) fn reachable_from(&self, from: Option<usize>) -> Vec<bool> {
        let mut reached = vec![false; self.nodes.len()];
        let mut waiting: Vec<usize> = self.successors(from).collect();
        while let Some(node) = waiting.pop() {
            if !std::mem::replace(&mut reached[node], true) {
                waiting.extend(self.successors(Some(node)));
            }
        }
        reached
    }
}
