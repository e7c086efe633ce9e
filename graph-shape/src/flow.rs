//! Which nodes can run together, and in what order.

use crate::{Shape, branches, explore, pairs};

/// One super-step that can occur.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuperStep {
    /// The active nodes, ascending, and whether each has several tasks; of a branch, only its own. None where branches
    /// part or end, which is no super-step of a run.
    pub active: Vec<(usize, bool)>,
    /// The super-steps that can follow.
    pub next: Vec<usize>,
    /// Groups of super-steps that all precede this one: the ends of branches, or in a coarse flow the sources of each
    /// join.
    pub joins: Vec<Vec<usize>>,
    /// The arms of routers, as (node, arm), that were taken right before: by the nodes of every super-step that it
    /// follows.
    pub taken: Vec<(usize, usize)>,
    /// The ways in which a run can end with this super-step.
    pub ends: Vec<End>,
}

/// A way in which a run can end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The exit; `None` for the plain end.
    pub exit: Option<usize>,
    /// The arms of routers, as (node, arm), that were taken at last.
    pub taken: Vec<(usize, usize)>,
}

/// A join that waits forever: the run ends with only some of its sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StarvedJoin {
    /// The join.
    pub join: usize,
    /// The sources that have arrived.
    pub arrived: Vec<usize>,
    /// The nodes of each super-step of such a run; none for what branches run until all have ended.
    pub path: Vec<Vec<usize>>,
}

/// Branches that run at the same time, each explored by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parallel {
    /// The nodes of each branch, and when each can run, in super-steps since the branches have parted: as bits, of which
    /// two nodes have one in common if they can run together.
    pub branches: Vec<Vec<(usize, u64)>>,
}

/// How much a flow knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Every super-step occurs in some run, if routers are independent, and lists all nodes that run.
    Exact,
    /// Parallel branches are explored each by itself: a super-step lists the nodes of one branch.
    Branches,
    /// A super-step stands for one node.
    Coarse,
}

/// Which nodes can run together, and in what order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The super-steps.
    pub steps: Vec<SuperStep>,
    /// The super-steps that a run can begin with.
    pub first: Vec<usize>,
    /// The exits by which a run can end before any node runs; `None` for the plain end.
    pub empty: Vec<Option<usize>>,
    /// Pairs of nodes that can run together without sharing a super-step (coarse flows only).
    pub pairs: Vec<(usize, usize)>,
    /// Branches that run at the same time.
    pub parallel: Vec<Parallel>,
    /// Each node that runs, with another that runs or waits at the same time, and may so at that time or later.
    pub(crate) beside: Vec<(usize, usize)>,
    /// The joins that can wait forever, each with a path on which it does (not known in a coarse flow).
    pub starved: Vec<StarvedJoin>,
    /// How much is known.
    pub precision: Precision,
}

impl SuperStep {
    /// Adds a way in which a run can end with this super-step.
    pub(crate) fn end(&mut self, end: End) {
        if !self.ends.contains(&end) {
            self.ends.push(end);
        }
    }
}

impl Flow {
    /// The maximum number of super-steps to enumerate before parallel branches are explored each by itself: low enough
    /// that the compile-time checks stay far below rustc's limit for constant evaluation.
    pub const LIMIT: usize = 400;
    /// The same, before falling back to the coarse analysis.
    pub const LIMIT_OF_BRANCHES: usize = 2000;

    /// Analyses a shape.
    #[must_use]
    pub fn of(shape: &Shape) -> Self {
        if shape.is_merged {
            return pairs(shape);
        }
        let told_apart = || {
            // To tell arms apart takes more super-steps, which does not make the graph too large.
            explore(&shape.without_arms()?, Self::LIMIT)?;
            explore(shape, Self::LIMIT_OF_BRANCHES)
        };
        let exact = explore(shape, Self::LIMIT).or_else(told_apart);
        exact.or_else(|| branches(shape, Self::LIMIT_OF_BRANCHES)).unwrap_or_else(|| pairs(shape))
    }

    /// Whether two nodes (or one, as several tasks) can run in the same super-step.
    #[must_use]
    pub fn can_run_together(&self, a: usize, b: usize) -> bool {
        let in_step = |step: &SuperStep| {
            let find = |node| step.active.iter().find(|(active, _)| *active == node);
            match (find(a), find(b)) {
                (Some((_, many)), Some(_)) => a != b || *many,
                _ => false,
            }
        };
        let apart = |parallel: &Parallel| {
            let find = |node| {
                let in_branch = |nodes: &Vec<(usize, u64)>| nodes.iter().find(|(other, _)| *other == node).copied();
                let mut found = parallel.branches.iter().map(in_branch).enumerate();
                found.find_map(|(branch, found)| Some((branch, found?.1)))
            };
            match (find(a), find(b)) {
                (Some((one, when)), Some((other, then))) => one != other && when & then != 0,
                _ => false,
            }
        };
        self.steps.iter().any(in_step) || self.parallel.iter().any(apart) || self.pairs.contains(&(a.min(b), a.max(b)))
    }
}
