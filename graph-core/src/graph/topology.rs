//! The shape of a graph as constant data.

use crate::node::{NodeInfo, Policy};

/// The shape of a graph, as `graph!` wrote it down: constant data, in declaration order.
#[derive(Clone, Copy, Debug)]
pub struct Topology {
    /// The graph's name.
    pub name: &'static str,
    /// The nodes, in the order of their first mention; a node's place is its index everywhere else.
    pub nodes: &'static [NodeShape],
    /// Where a run starts, by plain edges.
    pub start: &'static [Target],
    /// Where a run may start, by a router.
    pub start_branches: &'static [Branch],
    /// The joins.
    pub joins: &'static [Join],
    /// The exits that it declares, besides the plain end.
    pub exits: &'static [&'static str],
}

/// A node and the ways out of it.
#[derive(Clone, Copy, Debug)]
pub struct NodeShape {
    /// The node's name in this graph: the function's, or its alias.
    pub name: &'static str,
    /// What is known of the node's function.
    #[doc(hidden)]
    pub info: NodeInfo,
    /// Where its plain edges lead.
    pub edges: &'static [Target],
    /// Where its router may lead; empty where it has none.
    pub branches: &'static [Branch],
    /// Whether a router decides what follows.
    pub routed: bool,
    /// Whether the router asks what each task has decided.
    pub asked: bool,
    /// The joins that wait for it, as (join, place among the join's sources).
    pub joins: &'static [(usize, usize)],
    /// Whether it is put aside until nothing else is left to run: `defer` in `graph!`.
    pub deferred: bool,
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
    /// Whether any node is deferred.
    pub(crate) const fn defers(&self) -> bool {
        let mut node = 0;
        while node < self.nodes.len() {
            if self.nodes[node].deferred {
                return true;
            }
            node += 1;
        }
        false
    }
}

/// Where an edge leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a node.
    Node(usize),
    /// Out of the graph.
    End,
    /// Out of the graph by this exit: the whole run ends with the super-step.
    Exit(usize),
}

/// One leaf of a router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Where it leads.
    pub target: Target,
    /// The pattern or condition under which it does, as it was written; empty where there is none to show.
    pub label: &'static str,
    /// Whether it is a `for`: one task an item.
    pub each: bool,
    /// The alternative of the router that the leaf belongs to: leaves of one alternative run together.
    pub alternative: usize,
}

/// A target that runs once all of its sources have run.
#[derive(Clone, Copy, Debug)]
pub struct Join {
    /// The nodes that it waits for.
    pub sources: &'static [usize],
    /// What runs then.
    pub targets: &'static [Target],
}
