//! Enumerates every super-step that can occur.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::{Alternative, Flow, Shape, StarvedJoin, SuperStep, Target};

/// The maximum number of choice combinations to try from one super-step.
const CHOICES: usize = 256;

/// The state of the exploration: the active nodes, and the sources that have arrived at each join.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Configuration {
    /// The active nodes, and whether each has several tasks.
    active: BTreeMap<usize, bool>,
    /// For each join, which sources have arrived since it last fired.
    arrived: Vec<Vec<bool>>,
    /// The deferred nodes that wait to run.
    deferred: BTreeSet<usize>,
}

impl Configuration {
    /// Schedules a node to run next, or defers it.
    fn schedule(&mut self, shape: &Shape, node: usize, many: bool) {
        if shape.defers(node) {
            self.deferred.insert(node);
        } else {
            *self.active.entry(node).or_insert(false) |= many;
        }
    }

    /// The next super-step: the deferred nodes if nothing else runs; `None` if nothing is left.
    fn next_step(&self) -> Option<Self> {
        if self.active.is_empty() && self.deferred.is_empty() {
            return None;
        }
        let mut config = self.clone();
        if config.active.is_empty() {
            config.active = std::mem::take(&mut config.deferred).into_iter().map(|node| (node, false)).collect();
        }
        Some(config)
    }
}

/// Enumerates every super-step that can occur; `None` if there are more than `limit`.
///
/// Two configurations with the same nodes and different arrivals are two super-steps.
#[must_use]
pub fn explore(shape: &Shape, limit: usize) -> Option<Flow> {
    let arrived = shape.joins.iter().map(|join| vec![false; join.sources.len()]).collect();
    let before = Configuration { arrived, ..Configuration::default() };
    let (known, open, found_from, starved) = (BTreeMap::new(), VecDeque::new(), Vec::new(), Vec::new());
    let mut explorer = Explorer { shape, known, open, limit, found_from, starved, ended: false };
    let first = explorer.follow(&before, &[None], None)?;
    let can_be_empty = explorer.ended;
    let mut steps: Vec<SuperStep> = Vec::new();
    while let Some(config) = explorer.open.pop_front() {
        let ran: Vec<_> = config.active.keys().copied().map(Some).collect();
        let next = explorer.follow(&config, &ran, Some(steps.len()))?;
        let (active, deferred) = (config.active.into_iter().collect(), config.deferred.into_iter().collect());
        steps.push(SuperStep { active, next, joins: Vec::new(), deferred, can_end: explorer.ended });
    }
    let starved = explorer.starved.iter().map(|starved| starved.trace(&steps, &explorer.found_from)).collect();
    Some(Flow { steps, first, can_be_empty, pairs: Vec::new(), starved, exact: true })
}

/// A run that ends while a join still waits: the join, the arrived sources, and the last super-step.
struct StarvedAt {
    join: usize,
    arrived: Vec<usize>,
    last: Option<usize>,
}

impl StarvedAt {
    fn trace(&self, steps: &[SuperStep], found_from: &[Option<usize>]) -> StarvedJoin {
        let mut path = Vec::new();
        let mut at = self.last;
        while let Some(step) = at {
            path.push(steps[step].active.iter().map(|(node, _)| *node).collect());
            at = found_from[step];
        }
        path.reverse();
        StarvedJoin { join: self.join, arrived: self.arrived.clone(), path }
    }
}

struct Explorer<'a> {
    shape: &'a Shape,
    known: BTreeMap<Configuration, usize>,
    open: VecDeque<Configuration>,
    limit: usize,
    /// The super-step from which each super-step was first found, to trace paths.
    found_from: Vec<Option<usize>>,
    /// For each join that can starve, the first such run found.
    starved: Vec<StarvedAt>,
    /// Whether the run can end with the current super-step.
    ended: bool,
}

/// An incomplete next configuration: what is scheduled so far, and the nodes still to follow.
#[derive(Clone)]
struct Partial {
    config: Configuration,
    /// The nodes (START as `None`) whose outgoing edges are still to follow.
    pending: Vec<Option<usize>>,
    /// The nodes whose `for` edge had no items.
    skipped: Vec<usize>,
    /// The skipped nodes whose outgoing edges have been followed.
    continued: Vec<usize>,
}

impl Explorer<'_> {
    /// The super-steps that can follow after `ran`, without the end.
    fn follow(&mut self, config: &Configuration, ran: &[Option<usize>], from: Option<usize>) -> Option<Vec<usize>> {
        let config = Configuration { active: BTreeMap::new(), ..config.clone() };
        let pending = ran.iter().rev().copied().collect();
        let mut open = vec![Partial { config, pending, skipped: Vec::new(), continued: Vec::new() }];
        let (mut next, mut tried) = (Vec::new(), 0);
        self.ended = false;
        while let Some(mut partial) = open.pop() {
            if let Some(from) = partial.pending.pop() {
                tried += 1;
                if tried > CHOICES * ran.len().max(1) {
                    return None;
                }
                self.follow_edges(&partial, from, &mut open);
            } else if let Some(node) = partial.skipped.pop() {
                // Like the engine: only if no other edge sent tasks to that node, and only once.
                if partial.config.active.get(&node) != Some(&true) && !partial.continued.contains(&node) {
                    partial.continued.push(node);
                    partial.pending.push(Some(node));
                }
                open.push(partial);
            } else {
                let Some(config) = partial.config.next_step() else {
                    self.ended = true;
                    self.record_starved(&partial.config, from);
                    continue;
                };
                let step = self.step(config, from)?;
                if !next.contains(&step) {
                    next.push(step);
                }
            }
        }
        next.sort_unstable();
        Some(next)
    }

    /// Follows the outgoing edges of one node: one partial step for each choice.
    fn follow_edges(&mut self, partial: &Partial, from: Option<usize>, open: &mut Vec<Partial>) {
        let mut partial = partial.clone();
        if let Some(node) = from {
            for (index, join) in self.shape.joins.iter().enumerate() {
                let arrived = &mut partial.config.arrived[index];
                for (source, arrived) in join.sources.iter().zip(arrived.iter_mut()) {
                    *arrived |= *source == node;
                }
                if join.sources.contains(&node) && arrived.iter().all(|arrived| *arrived) {
                    arrived.fill(false);
                    join.targets.iter().for_each(|target| partial.config.schedule(self.shape, *target, false));
                }
            }
        }
        let alternatives = from.map_or(&self.shape.start, |node| &self.shape.nodes[node]);
        if alternatives.is_empty() {
            open.push(partial);
            return;
        }
        for Alternative { targets, exit } in alternatives {
            if *exit {
                // An exit ends the run whatever else is scheduled, so no join starves.
                self.ended = true;
                continue;
            }
            let mut choices = vec![partial.clone()];
            for Target { node, each } in targets {
                if *each {
                    // Some items, or none.
                    let mut none = choices.clone();
                    none.iter_mut().for_each(|choice| choice.skipped.push(*node));
                    choices.iter_mut().for_each(|choice| choice.config.schedule(self.shape, *node, true));
                    choices.append(&mut none);
                } else {
                    choices.iter_mut().for_each(|choice| choice.config.schedule(self.shape, *node, false));
                }
            }
            open.append(&mut choices);
        }
    }

    /// Records the joins that still wait when the run ends.
    fn record_starved(&mut self, config: &Configuration, last: Option<usize>) {
        for (join, arrived) in config.arrived.iter().enumerate() {
            let sources = self.shape.joins[join].sources.iter().zip(arrived);
            let arrived: Vec<_> = sources.filter(|(_, arrived)| **arrived).map(|(source, _)| *source).collect();
            if !arrived.is_empty() && self.starved.iter().all(|known| known.join != join) {
                self.starved.push(StarvedAt { join, arrived, last });
            }
        }
    }

    /// The number of a configuration; a new one is queued.
    fn step(&mut self, config: Configuration, from: Option<usize>) -> Option<usize> {
        if let Some(known) = self.known.get(&config) {
            return Some(*known);
        }
        let number = self.known.len();
        self.known.insert(config.clone(), number);
        self.open.push_back(config);
        self.found_from.push(from);
        (number < self.limit).then_some(number)
    }
}
