//! What can run together, and what can follow what.

use crate::{Shape, explore, pairs};

/// One super-step that can occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The nodes that run in it, ascending, each with whether it runs as many tasks.
    pub active: Vec<(usize, bool)>,
    /// The moments that can follow.
    pub next: Vec<usize>,
    /// Groups of moments all of which have been before this one (coarse flows only: the sources of each join).
    pub joined: Vec<Vec<usize>>,
    /// The deferred nodes that wait meanwhile (of a coarse flow: that can wait).
    pub aside: Vec<usize>,
    /// Whether a run can end with it.
    pub ends: bool,
}

/// A join that waits for ever: some of its sources have run, and the run ends without the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starved {
    /// The join.
    pub join: usize,
    /// The sources that have run.
    pub arrived: Vec<usize>,
    /// The nodes of each super-step of such a run.
    pub path: Vec<Vec<usize>>,
}

/// What can run together, and what can follow what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The moments.
    pub moments: Vec<Moment>,
    /// The moments that a run can begin with.
    pub first: Vec<usize>,
    /// Whether a run can end before any node runs.
    pub idle: bool,
    /// Pairs of nodes that can run together and stand in no moment together (coarse flows only).
    pub pairs: Vec<(usize, usize)>,
    /// The joins that can wait for ever, each with a way on which it does (exact flows only).
    pub starved: Vec<Starved>,
    /// Whether every moment occurs in some run, if routers are independent.
    pub exact: bool,
}

impl Flow {
    /// How many moments are explored before the coarser analysis takes over: so many can be checked while compiling
    /// without rustc's limit for constant evaluation coming near.
    pub const LIMIT: usize = 400;

    /// Works out what can run together, and what can follow what.
    #[must_use]
    pub fn of(shape: &Shape) -> Self {
        explore(shape, Self::LIMIT).unwrap_or_else(|| pairs(shape))
    }

    /// Where branches of unequal length meet: a node with several plain edges into it, and a node that can run beside it,
    /// or is put aside meanwhile, and leads to it by plain edges, so that it would run once more.
    #[must_use]
    pub fn meets_twice(&self, shape: &Shape) -> Vec<(usize, usize)> {
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
            let beside = |late| self.together(node, late) || self.waits_beside(node, late);
            let late = (0..count).find(|late| *late != node && beside(*late) && leads(*late, node))?;
            Some((node, late))
        });
        twice.collect()
    }

    /// Whether a deferred node can be put aside while another runs.
    #[must_use]
    pub fn waits_beside(&self, runs: usize, aside: usize) -> bool {
        let runs_in = |moment: &&Moment| moment.active.iter().any(|(node, _)| *node == runs);
        self.moments.iter().filter(runs_in).any(|moment| moment.aside.contains(&aside))
    }

    /// Whether two nodes (or one, as several tasks) can run in the same super-step.
    #[must_use]
    pub fn together(&self, a: usize, b: usize) -> bool {
        let in_moment = |moment: &Moment| {
            let find = |node| moment.active.iter().find(|(active, _)| *active == node);
            match (find(a), find(b)) {
                (Some((_, many)), Some(_)) => a != b || *many,
                _ => false,
            }
        };
        self.moments.iter().any(in_moment) || self.pairs.contains(&(a.min(b), a.max(b)))
    }
}
