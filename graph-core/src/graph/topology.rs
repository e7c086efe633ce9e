//! The shape of a graph as constant data.

use super::SubgraphMemory;
use crate::node::{NodeInfo, Policy};

/// The shape of a graph: constant data, in declaration order.
#[derive(Clone, Copy, Debug)]
pub struct Topology {
    /// The graph's name.
    pub name: &'static str,
    /// The nodes, in the order of their first mention. Other tables refer to nodes by their index here.
    pub nodes: &'static [NodeShape],
    /// The targets of START's plain edges.
    pub start: &'static [Target],
    /// The leaves of START's router; empty if it has none.
    pub start_branches: &'static [Branch],
    /// The joins.
    pub joins: &'static [Join],
    /// The declared exits, besides the plain end.
    pub exits: &'static [&'static str],
}

/// A node and its outgoing edges.
#[derive(Clone, Copy, Debug)]
pub struct NodeShape {
    /// The node's name in this graph: the function's, or its alias.
    pub name: &'static str,
    /// The node's position among all nodes by name: the order in which nodes of one super-step start, and in which
    /// their updates are applied.
    pub rank: usize,
    /// The facts of the node's function.
    #[doc(hidden)]
    pub info: NodeInfo,
    /// The targets of its plain edges.
    pub edges: &'static [Target],
    /// The leaves of its router; empty if it has none.
    pub branches: &'static [Branch],
    /// Whether it has a router.
    pub routed: bool,
    /// Whether the router takes each task's own route.
    pub asked: bool,
    /// The joins of which it is a source, as (join, index among the join's sources).
    pub joins: &'static [(usize, usize)],
    /// Whether it waits until nothing else is left to run: `defer` in `graph!`.
    pub deferred: bool,
    /// What a thread keeps of it, if it is a subgraph.
    pub memory: SubgraphMemory,
}

impl NodeShape {
    /// The name of the node's function, or of the graph that the node is.
    #[must_use]
    pub const fn function(&self) -> &'static str {
        self.info.name
    }

    /// The node's policies, with the graph's defaults.
    #[must_use]
    pub const fn policy(&self) -> Policy {
        self.info.policy
    }

    /// The shape of a node that is a graph.
    #[must_use]
    pub fn subgraph(&self) -> Option<Topology> {
        self.info.inner.map(|inner| inner())
    }
}

impl Topology {
    /// Whether any node has a task input.
    pub(crate) const fn sends(&self) -> bool {
        let mut node = 0;
        while node < self.nodes.len() {
            if self.nodes[node].info.has_task_input {
                return true;
            }
            node += 1;
        }
        false
    }
}

/// The target of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A node.
    Node(usize),
    /// The plain end of the graph.
    End,
    /// This exit: the run ends with the super-step.
    Exit(usize),
}

/// One leaf of a router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The target.
    pub target: Target,
    /// The pattern or condition, as written; empty if there is none to show.
    pub label: &'static str,
    /// Whether it is a `for` edge: one task per item.
    pub each: bool,
    /// The alternative of the leaf: the leaves of one alternative run together.
    pub alternative: usize,
}

/// Targets that run once all of the sources have run.
#[derive(Clone, Copy, Debug)]
pub struct Join {
    /// The sources.
    pub sources: &'static [usize],
    /// The targets.
    pub targets: &'static [Target],
}
