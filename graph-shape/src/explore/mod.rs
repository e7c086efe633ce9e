//! Enumerates every super-step that can occur.
//!
//! With branches, a super-step whose nodes lead to nothing in common, until each branch has ended, is not followed as
//! one: each branch is explored by itself. See the documentation of the crate.
mod branches;
mod configuration;
mod region;
mod rules;
mod split;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use self::configuration::Configuration;
use self::region::Region;
use self::rules::Rules;
use self::split::Futures;
use crate::meetings::Met;
use crate::{End, Flow, Parallel, Precision, Shape, StarvedJoin, SuperStep};

/// Enumerates every super-step that can occur; `None` if there are more than `limit`.
///
/// Two configurations with the same nodes and different arrivals are two super-steps.
#[must_use]
pub fn explore(shape: &Shape, limit: usize) -> Option<Flow> {
    flow(shape, false, limit)
}

/// Like [`explore`], but explores parallel branches each by itself; `None` if there are more than `limit` super-steps. If
/// there are as many only because the arms of routers are told apart, they are not.
#[must_use]
pub fn branches(shape: &Shape, limit: usize) -> Option<Flow> {
    flow(shape, true, limit).or_else(|| flow(&shape.without_arms()?, true, limit))
}

fn flow(shape: &Shape, splits: bool, limit: usize) -> Option<Flow> {
    let mut explorer = Explorer::of(Rules { shape, watched: None }, splits, limit);
    explorer.run().ok()?;
    let starved = explorer.starved.iter().map(|starved| explorer.trace(starved)).collect();
    Some(Flow {
        steps: explorer.steps,
        first: explorer.first,
        empty: explorer.empty,
        pairs: Vec::new(),
        parallel: explorer.parallel,
        beside: explorer.beside.into_iter().collect(),
        starved,
        precision: if splits { Precision::Branches } else { Precision::Exact },
    })
}

/// How a node meets itself, if it does; `None` if that is not found in `limit` super-steps.
pub(crate) fn met(shape: &Shape, node: usize, splits: bool, limit: usize) -> Option<Option<Met>> {
    let mut explorer = Explorer::of(Rules { shape, watched: Some(node) }, splits, limit);
    let complete = explorer.run().is_ok();
    // What has been explored in full super-steps occurs, however much is left.
    if complete || (explorer.met.is_some() && !splits) { Some(explorer.met) } else { None }
}

/// Why an exploration is given up.
enum Stop {
    /// There are too many super-steps, or choices in one.
    TooLarge,
    /// A branch runs on although something outside may follow its end.
    NoBarrier,
}

/// A run that ends while a join still waits: the join, the arrived sources, and the last super-step.
struct StarvedAt {
    join: usize,
    arrived: Vec<usize>,
    last: Option<usize>,
}

struct Explorer<'a> {
    rules: Rules<'a>,
    /// Whether parallel branches are explored each by itself.
    splits: bool,
    limit: usize,
    futures: Futures,
    steps: Vec<SuperStep>,
    first: Vec<usize>,
    empty: Vec<Option<usize>>,
    parallel: Vec<Parallel>,
    /// The nodes that run, each with what runs, waits, or has arrived at a join, at the same time.
    beside: BTreeSet<(usize, usize)>,
    /// The super-step from which each super-step was first found, to trace paths.
    found_from: Vec<Option<usize>>,
    /// For each join that can starve, the first such run found.
    starved: Vec<StarvedAt>,
    /// How the watched node meets itself.
    met: Option<Met>,
}

impl<'a> Explorer<'a> {
    fn of(rules: Rules<'a>, splits: bool, limit: usize) -> Self {
        Self {
            rules,
            splits,
            limit,
            futures: Futures::default(),
            steps: Vec::new(),
            first: Vec::new(),
            empty: Vec::new(),
            parallel: Vec::new(),
            beside: BTreeSet::new(),
            found_from: Vec::new(),
            starved: Vec::new(),
            met: None,
        }
    }

    fn run(&mut self) -> Result<(), Stop> {
        let begun = self.rules.begin().ok_or(Stop::TooLarge)?;
        begun.exits.into_iter().for_each(|exit| self.ended_by(exit, None));
        let mut region = Region::default();
        for after in begun.after {
            self.reached(&mut region, None, crate::offsets::Offsets::ZERO, after)?;
        }
        self.explore_all(&mut region)
    }

    fn new_step(&mut self, from: Option<usize>) -> Result<usize, Stop> {
        let number = self.steps.len();
        self.steps.push(SuperStep::default());
        self.found_from.push(from);
        if number < self.limit { Ok(number) } else { Err(Stop::TooLarge) }
    }

    /// A run can end in this way after this super-step.
    fn ended_by(&mut self, end: End, last: Option<usize>) {
        match last {
            Some(step) => self.steps[step].end(end),
            None if self.empty.contains(&end.exit) => {}
            None => self.empty.push(end.exit),
        }
    }

    /// A run can come to its plain end after this super-step, with what is left.
    fn ended(&mut self, left: &Configuration, last: Option<usize>) {
        self.ended_by(End { exit: None, taken: left.taken.iter().copied().collect() }, last);
        for join in 0..self.rules.shape.joins.len() {
            let sources = self.rules.shape.joins[join].sources.iter().copied();
            let arrived: Vec<_> = sources.filter(|source| left.arrived.contains_key(&(join, *source))).collect();
            if !arrived.is_empty() && self.starved.iter().all(|known| known.join != join) {
                self.starved.push(StarvedAt { join, arrived, last });
            }
        }
    }

    fn record_beside(&mut self, config: &Configuration) {
        for node in config.active.keys() {
            self.beside.extend(config.nodes().filter(|other| other != node).map(|other| (*node, other)));
        }
    }

    /// The nodes of each super-step that leads to a starved join; where branches part, the first of each, and an empty
    /// one for the rest.
    fn trace(&self, starved: &StarvedAt) -> StarvedJoin {
        let mut path = Vec::new();
        let mut at = starved.last;
        while let Some(step) = at {
            let active = |step: usize| self.steps[step].active.iter().map(|(node, _)| *node);
            if !self.steps[step].active.is_empty() {
                path.push(active(step).collect());
            } else if !self.steps[step].next.is_empty() && self.steps[step].joins.is_empty() {
                let mut first: Vec<usize> = self.steps[step].next.iter().flat_map(|branch| active(*branch)).collect();
                first.sort_unstable();
                path.extend([Vec::new(), first]);
            }
            at = self.found_from[step];
        }
        path.reverse();
        StarvedJoin { join: starved.join, arrived: starved.arrived.clone(), path }
    }

    /// Looks at the watched node in a configuration that is about to run; returns what to go on with.
    fn watch(&mut self, mut config: Configuration, from: Option<usize>, is_branch: bool) -> Vec<Configuration> {
        let Some(node) = self.rules.watched else { return vec![config] };
        if let Some(task) = config.active.get(&node).copied() {
            let led = std::mem::take(&mut config.led);
            match &config.first {
                None => {
                    let mut marked = config.clone();
                    marked.active.insert(node, configuration::Task { marked: true, ..task });
                    marked.first = Some(led);
                    // It need not be this run that meets another.
                    return [config, marked].into_iter().filter(|config| may_meet(config, is_branch)).collect();
                }
                Some(first) if !task.marked && self.met.is_none() && first.is_disjoint(&led) => {
                    let depth = std::iter::successors(from, |step| self.found_from[*step]).count();
                    self.met =
                        Some(Met { depth, first: first.iter().copied().collect(), second: led.into_iter().collect() });
                }
                Some(_) => {}
            }
        }
        if may_meet(&config, is_branch) { vec![config] } else { Vec::new() }
    }
}

/// Whether the watched node may still meet itself; of a branch that is not known.
fn may_meet(config: &Configuration, is_branch: bool) -> bool {
    let active = config.active.values().any(|task| !task.marked);
    let waits = config.arrived.values().chain(config.deferred.values()).any(|marked| !marked);
    is_branch || config.first.is_none() || active || waits
}
