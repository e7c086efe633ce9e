//! A part of the graph that is explored by itself: the whole of it, or one branch.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::configuration::Configuration;
use super::split::splits;
use super::{Explorer, Stop};
use crate::offsets::Offsets;

/// A region that is being explored.
#[derive(Default)]
pub(super) struct Region {
    /// The joins at which it ends; they fire outside.
    pub barrier: BTreeSet<usize>,
    /// Whether it is a branch. If not, deferred nodes run when nothing else is left.
    pub is_branch: bool,
    known: BTreeMap<Configuration, usize>,
    open: VecDeque<(usize, Configuration)>,
    /// Its super-steps.
    pub steps: Vec<usize>,
    /// What follows what, and after how many super-steps.
    pub ways: Vec<(usize, usize, Offsets)>,
    /// The super-steps that are split, with the nodes of their branches.
    pub inner: Vec<(usize, Vec<(usize, Offsets)>)>,
    /// What can be left when it has ended, and after which super-step.
    ends: Vec<(Configuration, usize, Offsets)>,
}

/// An explored branch.
pub(super) struct Explored {
    /// Its first super-step.
    pub first: usize,
    /// When each of its nodes can run, counted from there.
    pub nodes: BTreeMap<usize, Offsets>,
    /// What can be left when it has ended, after which super-steps, and when.
    pub ends: BTreeMap<Configuration, Vec<(usize, Offsets)>>,
}

impl Explorer<'_> {
    /// Explores a branch from its first configuration.
    pub(super) fn region(&mut self, barrier: BTreeSet<usize>, first: Configuration) -> Result<Explored, Stop> {
        let mut region = Region { barrier, is_branch: true, ..Region::default() };
        self.step(&mut region, first, None)?;
        self.explore_all(&mut region)?;
        Ok(self.explored(region))
    }

    /// Explores all that is still open in a region.
    pub(super) fn explore_all(&mut self, region: &mut Region) -> Result<(), Stop> {
        'steps: while let Some((step, config)) = region.open.pop_front() {
            if self.met.is_some() && !self.splits {
                return Ok(());
            }
            if self.splits {
                for split in splits(self.rules.shape, &mut self.futures, &config, &region.barrier) {
                    let (steps, parallel, met) = (self.steps.len(), self.parallel.len(), self.met.clone());
                    if self.branches(step, &split, region)? {
                        continue 'steps;
                    }
                    self.steps.truncate(steps);
                    self.found_from.truncate(steps);
                    self.parallel.truncate(parallel);
                    self.met = met;
                }
            }
            self.record_beside(&config);
            self.steps[step].active = config.active.iter().map(|(node, task)| (*node, task.many)).collect();
            let followed = self.rules.follow(&config, &region.barrier).ok_or(Stop::TooLarge)?;
            followed.exits.into_iter().for_each(|exit| self.ended_by(exit, Some(step)));
            for after in followed.after {
                self.reached(region, Some(step), Offsets::ONE, after)?;
            }
        }
        Ok(())
    }

    /// Goes on with what is left after a super-step: with the next one, with the deferred nodes, or not at all.
    pub(super) fn reached(
        &mut self,
        region: &mut Region,
        from: Option<usize>,
        delay: Offsets,
        mut after: Configuration,
    ) -> Result<(), Stop> {
        if !after.active.is_empty() && after.waits_at(&region.barrier) {
            return Err(Stop::NoBarrier);
        }
        if after.active.is_empty() && region.is_branch {
            if let Some(from) = from {
                self.ended_branch(region, from, delay, after)?;
            }
            return Ok(());
        }
        if !after.run_deferred() {
            self.ended(&after, from);
            return Ok(());
        }
        for config in self.watch(after, from, region.is_branch) {
            let step = self.step(region, config, from)?;
            region.ways.extend(from.map(|from| (from, step, delay)));
            let next = from.map_or(&mut self.first, |from| &mut self.steps[from].next);
            if let Err(place) = next.binary_search(&step) {
                next.insert(place, step);
            }
        }
        Ok(())
    }

    /// A branch has ended after this super-step. If arms were taken last, a super-step without nodes has these: the end
    /// itself is the same whatever they were.
    fn ended_branch(
        &mut self,
        region: &mut Region,
        from: usize,
        delay: Offsets,
        mut left: Configuration,
    ) -> Result<(), Stop> {
        let taken: Vec<_> = std::mem::take(&mut left.taken).into_iter().collect();
        if taken.is_empty() {
            region.ends.push((left, from, delay));
            return Ok(());
        }
        let step = self.new_step(Some(from))?;
        self.steps[step].taken = taken;
        self.steps[from].next.push(step);
        region.ways.push((from, step, delay));
        region.steps.push(step);
        region.ends.push((left, step, Offsets::ZERO));
        Ok(())
    }

    /// The number of a configuration; a new one is still to be followed.
    fn step(&mut self, region: &mut Region, config: Configuration, from: Option<usize>) -> Result<usize, Stop> {
        if let Some(known) = region.known.get(&config) {
            return Ok(*known);
        }
        let step = self.new_step(from)?;
        self.steps[step].taken = config.taken.iter().copied().collect();
        region.known.insert(config.clone(), step);
        region.open.push_back((step, config));
        region.steps.push(step);
        Ok(step)
    }

    /// When each node of a branch can run, and when it ends.
    fn explored(&self, region: Region) -> Explored {
        let first = region.steps[0];
        let mut when = BTreeMap::from([(first, Offsets::ZERO)]);
        let mut changed = true;
        while changed {
            changed = false;
            for (from, to, delay) in &region.ways {
                let Some(before) = when.get(from) else { continue };
                let after = before.after(*delay);
                let known = when.entry(*to).or_default();
                changed |= known.or(after) != *known;
                *known = known.or(after);
            }
        }
        let mut nodes: BTreeMap<usize, Offsets> = BTreeMap::new();
        let mut runs = |node: usize, at: Offsets| {
            let known = nodes.entry(node).or_default();
            *known = known.or(at);
        };
        for step in &region.steps {
            self.steps[*step].active.iter().for_each(|(node, _)| runs(*node, when[step]));
        }
        for (step, inside) in region.inner {
            inside.iter().for_each(|(node, at)| runs(*node, when[&step].after(*at)));
        }
        let mut ends: BTreeMap<Configuration, Vec<(usize, Offsets)>> = BTreeMap::new();
        for (end, step, delay) in region.ends {
            ends.entry(end).or_default().push((step, when[&step].after(delay)));
        }
        Explored { first, nodes, ends }
    }
}
