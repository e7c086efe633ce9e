//! The shape of a graph as data.

/// The shape of a graph. Nodes are numbered in the order of their first mention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// What START leads to: one of these alternatives. Plain edges are one alternative.
    pub start: Vec<Alternative>,
    /// What each node leads to: one of these alternatives; none where only joins wait for it.
    pub nodes: Vec<Vec<Alternative>>,
    /// The joins.
    pub joins: Vec<Join>,
    /// The nodes that are put aside until nothing else is left to run. No `for` edge leads to one.
    pub deferred: Vec<usize>,
}

/// Targets that are reached together; none is the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// The targets.
    pub targets: Vec<Target>,
    /// Whether the whole run ends with the super-step, whatever else would have followed.
    pub exit: bool,
}

/// A node that an edge leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// The node.
    pub node: usize,
    /// Whether by a `for` edge: a task for each item, or none.
    pub each: bool,
}

/// Targets that run once all sources have run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The nodes that it waits for.
    pub sources: Vec<usize>,
    /// The nodes that run then.
    pub targets: Vec<usize>,
}

impl Alternative {
    /// The alternative of these nodes, none of them by a `for` edge.
    #[must_use]
    pub fn of(nodes: &[usize]) -> Self {
        Self { targets: nodes.iter().map(|node| Target { node: *node, each: false }).collect(), exit: false }
    }

    /// The alternative that ends the whole run.
    #[must_use]
    pub const fn exit() -> Self {
        Self { targets: Vec::new(), exit: true }
    }

    /// The alternative of a `for` edge.
    #[must_use]
    pub fn each(node: usize) -> Self {
        Self { targets: vec![Target { node, each: true }], exit: false }
    }
}

impl Shape {
    /// Whether a node is put aside until nothing else is left to run.
    #[must_use]
    pub fn defers(&self, node: usize) -> bool {
        self.deferred.contains(&node)
    }

    /// The nodes that can follow a node directly, by any edge or join.
    pub fn successors(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let edges = self.nodes[node].iter().flat_map(|alternative| &alternative.targets).map(|target| target.node);
        let joins = self.joins.iter().filter(move |join| join.sources.contains(&node));
        edges.chain(joins.flat_map(|join| join.targets.iter().copied()))
    }
}
