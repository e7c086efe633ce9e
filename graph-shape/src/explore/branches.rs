//! Branches that run at the same time and share nothing until all have ended.

use std::collections::BTreeSet;

use super::configuration::Configuration;
use super::region::{Explored, Region};
use super::split::Split;
use super::{Explorer, Stop};
use crate::offsets::Offsets;
use crate::{End, Join, Parallel, SuperStep};

/// The maximum number of ways in which branches can end together.
const ENDINGS: usize = 64;

impl Explorer<'_> {
    /// Explores the branches of a super-step, each by itself. Returns whether that is possible: whether all of them
    /// have ended when something can follow that belongs to none.
    pub(super) fn branches(&mut self, from: usize, split: &Split, region: &mut Region) -> Result<bool, Stop> {
        let mut barrier = region.barrier.clone();
        barrier.extend(split.join);
        let mut explored = Vec::new();
        for branch in &split.branches {
            match self.region(barrier.clone(), branch.clone()) {
                Ok(branch) => explored.push(branch),
                Err(Stop::NoBarrier) => return Ok(false),
                Err(stop) => return Err(stop),
            }
        }
        // A join around them may fire as soon as the last source has arrived: then none of them may still run.
        let waits = |at: usize, ending: &Configuration| ending.waits_at(&BTreeSet::from([at]));
        let endings = || explored.iter().flat_map(|branch| branch.ends.keys());
        let whole = |at: usize| endings().all(|end| waits(at, end)) || !endings().any(|end| waits(at, end));
        if !region.barrier.iter().all(|join| whole(*join)) {
            return Ok(false);
        }
        // In the super-step in which a branch takes an exit, a join around it may take another.
        if region.barrier.iter().copied().chain(split.join).any(|join| self.exits_twice(join, &explored)) {
            return Ok(false);
        }
        let Some(endings) = endings_together(&split.base, &explored) else { return Ok(false) };

        self.steps[from].next = explored.iter().map(|branch| branch.first).collect();
        self.parallel.push(Parallel {
            branches: explored
                .iter()
                .map(|branch| branch.nodes.iter().map(|(node, when)| (*node, when.0)).collect())
                .collect(),
        });
        for ending in endings {
            let gate = self.gate(from, &split.base, &explored, &ending, region)?;
            let mut after = ending;
            if let Some(exit) = split.join.and_then(|join| self.rules.fire(&mut after, join)) {
                self.ended_by(End { exit: Some(exit), taken: Vec::new() }, Some(gate));
                continue;
            }
            let nodes = explored.iter().flat_map(|branch| branch.nodes.keys());
            for beside in after.nodes() {
                self.beside.extend(nodes.clone().map(|node| (*node, beside)));
            }
            self.reached(region, Some(gate), Offsets::ZERO, after)?;
        }
        region.inner.push((from, explored.into_iter().flat_map(|branch| branch.nodes).collect()));
        Ok(true)
    }

    /// Whether a join around branches leads to an exit, and so does something in them.
    fn exits_twice(&self, join: usize, explored: &[Explored]) -> bool {
        let shape = self.rules.shape;
        let mut nodes = explored.iter().flat_map(|branch| branch.nodes.keys());
        let is_source = |node: usize| {
            let ends =
                |(at, other): (usize, &Join)| at != join && other.exit.is_some() && other.sources.contains(&node);
            shape.joins.iter().enumerate().any(ends)
        };
        shape.joins[join].exit.is_some()
            && nodes.any(|node| shape.nodes[*node].iter().any(|way| way.exit.is_some()) || is_source(*node))
    }

    /// The end of all branches with this ending: a super-step without nodes that each precedes. It joins, for each
    /// branch, one more such step: all ways in which that branch can end then.
    fn gate(
        &mut self,
        from: usize,
        base: &Configuration,
        explored: &[Explored],
        ending: &Configuration,
        region: &mut Region,
    ) -> Result<usize, Stop> {
        let (mut ends, mut durations) = (Vec::new(), Vec::new());
        for (index, branch) in explored.iter().enumerate() {
            let end = self.new_step(Some(from))?;
            let mut duration = Offsets::default();
            let mut others = base.clone();
            let beside = explored.iter().enumerate().filter(|(other, _)| *other != index);
            beside
                .flat_map(|(_, branch)| branch.ends.keys())
                .filter(|end| ending.holds(end))
                .for_each(|end| others.add(end));
            for (own, ways) in branch.ends.iter().filter(|(own, _)| ending.holds(own)) {
                // What this end leaves open has to come from the others, or from before.
                let mut all = others.clone();
                all.add(own);
                if all != *ending {
                    continue;
                }
                for (step, when) in ways {
                    self.steps[*step].next.push(end);
                    duration = duration.or(*when);
                }
            }
            ends.push(end);
            durations.push(duration);
        }
        let gate = self.new_step(Some(from))?;
        self.steps[gate] = SuperStep { joins: vec![ends], ..SuperStep::default() };
        region.ways.push((from, gate, Offsets::last_of(&durations)));
        region.steps.push(gate);
        Ok(gate)
    }
}

/// What can be left when all branches have ended; `None` if there are too many ways.
fn endings_together(base: &Configuration, explored: &[Explored]) -> Option<BTreeSet<Configuration>> {
    let mut all = BTreeSet::from([base.clone()]);
    for branch in explored {
        let with = |one: &Configuration| {
            let one = one.clone();
            branch.ends.keys().map(move |end| {
                let mut both = one.clone();
                both.add(end);
                both
            })
        };
        all = all.iter().flat_map(with).collect();
        if all.len() > ENDINGS {
            return None;
        }
    }
    Some(all)
}
