//! The shape of a graph as data.

/// The shape of a graph. Nodes are numbered in the order of their first mention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The alternatives after START. Plain edges are one alternative.
    pub start: Vec<Alternative>,
    /// The alternatives after each node; empty if only joins wait for it.
    pub nodes: Vec<Vec<Alternative>>,
    /// The joins.
    pub joins: Vec<Join>,
    /// The nodes marked `defer`, which wait until nothing else is left to run. No `for` edge leads to one.
    pub deferred: Vec<usize>,
    /// The nodes marked `each`: each arrival is meant to run them.
    pub repeated: Vec<usize>,
    /// Whether an alternative stands for any part of it, because there were too many to list. Only the coarse analysis
    /// is sound then.
    pub is_merged: bool,
}

/// What leads to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// An edge of START.
    Start,
    /// An edge or a router of this node.
    Node(usize),
    /// This join.
    Join(usize),
}

/// Targets that are reached together; an empty list is the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// The targets.
    pub targets: Vec<Target>,
    /// The exit that it takes: the whole run ends with the super-step, whatever else is scheduled.
    pub exit: Option<usize>,
    /// The arms of the node's router that have been taken, if what they say of the node is to be told apart.
    pub arms: Vec<usize>,
}

/// The target of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// The node.
    pub node: usize,
    /// Whether by a `for` edge: one task for each item, or none.
    pub each: bool,
}

/// Targets that run once all sources have run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The nodes it waits for.
    pub sources: Vec<usize>,
    /// The nodes that run afterwards.
    pub targets: Vec<usize>,
    /// The exit that it takes.
    pub exit: Option<usize>,
}

impl Alternative {
    /// The alternative of these nodes, without `for` edges.
    #[must_use]
    pub fn of(nodes: &[usize]) -> Self {
        Self { targets: nodes.iter().map(|node| Target { node: *node, each: false }).collect(), ..Self::default() }
    }

    /// The alternative that takes an exit.
    #[must_use]
    pub const fn exit(exit: usize) -> Self {
        Self { targets: Vec::new(), exit: Some(exit), arms: Vec::new() }
    }

    /// The alternative of a `for` edge.
    #[must_use]
    pub fn each(node: usize) -> Self {
        Self { targets: vec![Target { node, each: true }], ..Self::default() }
    }

    /// The alternative behind this arm of the node's router.
    #[must_use]
    pub fn behind(self, arm: usize) -> Self {
        Self { arms: vec![arm], ..self }
    }
}

impl Shape {
    /// Whether a node is deferred until nothing else is left to run.
    #[must_use]
    pub fn defers(&self, node: usize) -> bool {
        self.deferred.contains(&node)
    }

    /// The shape with the arms of routers not told apart; `None` if they are not.
    pub(crate) fn without_arms(&self) -> Option<Self> {
        let arms = |shape: &mut Self| shape.nodes.iter_mut().flatten().any(|way| !way.arms.is_empty());
        let mut shape = self.clone();
        arms(&mut shape).then(|| {
            shape.nodes.iter_mut().flatten().for_each(|way| way.arms.clear());
            shape
        })
    }

    /// The direct successors of a node, by any edge or join.
    pub fn successors(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let edges = self.nodes[node].iter().flat_map(|alternative| &alternative.targets).map(|target| target.node);
        let joins = self.joins.iter().filter(move |join| join.sources.contains(&node));
        edges.chain(joins.flat_map(|join| join.targets.iter().copied()))
    }
}
