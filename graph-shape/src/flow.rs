//! Which nodes can run together, and in what order.

use crate::{Shape, explore, pairs};

/// One super-step that can occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuperStep {
    /// The active nodes, ascending, and whether each has several tasks.
    pub active: Vec<(usize, bool)>,
    /// The super-steps that can follow.
    pub next: Vec<usize>,
    /// Groups of super-steps that all precede this one (coarse flows only: the sources of each join).
    pub joins: Vec<Vec<usize>>,
    /// The deferred nodes that wait during this super-step (in a coarse flow: that may wait).
    pub deferred: Vec<usize>,
    /// Whether a run can end with this super-step.
    pub can_end: bool,
}

/// A join that waits forever: the run ends with only some of its sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StarvedJoin {
    /// The join.
    pub join: usize,
    /// The sources that have arrived.
    pub arrived: Vec<usize>,
    /// The nodes of each super-step of such a run.
    pub path: Vec<Vec<usize>>,
}

/// Which nodes can run together, and in what order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The super-steps.
    pub steps: Vec<SuperStep>,
    /// The super-steps that a run can begin with.
    pub first: Vec<usize>,
    /// Whether a run can end before any node runs.
    pub can_be_empty: bool,
    /// Pairs of nodes that can run together without sharing a super-step (coarse flows only).
    pub pairs: Vec<(usize, usize)>,
    /// The joins that can wait forever, each with a path on which it does (exact flows only).
    pub starved: Vec<StarvedJoin>,
    /// Whether every super-step occurs in some run, if routers are independent.
    pub exact: bool,
}

impl Flow {
    /// The maximum number of super-steps to enumerate before falling back to the coarse analysis: low enough that the
    /// compile-time checks stay far below rustc's limit for constant evaluation.
    pub const LIMIT: usize = 400;

    /// Analyses a shape.
    #[must_use]
    pub fn of(shape: &Shape) -> Self {
        explore(shape, Self::LIMIT).unwrap_or_else(|| pairs(shape))
    }

    /// Where branches of unequal length meet: pairs of a node with several incoming plain edges, and a node that can
    /// run (or be deferred) beside it and leads to it by plain edges, so that the first node would run twice.
    #[must_use]
    pub fn double_runs(&self, shape: &Shape) -> Vec<(usize, usize)> {
        let plain = |node: usize| match &*shape.nodes[node] {
            [one] => &*one.targets,
            _ => &[],
        };
        let count = shape.nodes.len();
        let into = |to: usize| (0..count).filter(|from| plain(*from).iter().any(|target| target.node == to)).count();
        let leads = |from: usize, to: usize| {
            let (mut seen, mut open) = (vec![false; count], vec![from]);
            while let Some(node) = open.pop() {
                for target in plain(node) {
                    if target.node == to {
                        return true;
                    }
                    if !std::mem::replace(&mut seen[target.node], true) {
                        open.push(target.node);
                    }
                }
            }
            false
        };
        let meetings = (0..count).filter(|node| into(*node) > 1);
        let twice = meetings.filter_map(|node| {
            let beside = |late| self.can_run_together(node, late) || self.can_defer_beside(node, late);
            let late = (0..count).find(|late| *late != node && beside(*late) && leads(*late, node))?;
            Some((node, late))
        });
        twice.collect()
    }

    /// Whether `aside` can be deferred while `runs` runs.
    #[must_use]
    pub fn can_defer_beside(&self, runs: usize, deferred: usize) -> bool {
        let runs_in = |step: &&SuperStep| step.active.iter().any(|(node, _)| *node == runs);
        self.steps.iter().filter(runs_in).any(|step| step.deferred.contains(&deferred))
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
        self.steps.iter().any(in_step) || self.pairs.contains(&(a.min(b), a.max(b)))
    }
}
