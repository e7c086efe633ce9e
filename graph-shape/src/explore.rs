//! Every super-step that can occur, one by one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::{Alternative, Flow, Moment, Shape, Starved, Target};

/// How many combinations of choices are tried from one moment before it is given up.
const CHOICES: usize = 256;

/// What decides how a run goes on: the nodes that run, and what has arrived at the joins.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Config {
    /// The nodes that run, with whether as many tasks.
    active: BTreeMap<usize, bool>,
    /// For each join, its sources that have run since it last fired.
    arrived: Vec<Vec<bool>>,
    /// The deferred nodes that are to run, and were put aside.
    aside: BTreeSet<usize>,
}

impl Config {
    /// Puts a node down to run next, or aside.
    fn run(&mut self, shape: &Shape, node: usize, many: bool) {
        if shape.defers(node) {
            self.aside.insert(node);
        } else {
            *self.active.entry(node).or_insert(false) |= many;
        }
    }

    /// What runs next: what was put aside, where nothing else does; `None` where there is nothing left at all.
    fn drained(&self) -> Option<Self> {
        if self.active.is_empty() && self.aside.is_empty() {
            return None;
        }
        let mut config = self.clone();
        if config.active.is_empty() {
            config.active = std::mem::take(&mut config.aside).into_iter().map(|node| (node, false)).collect();
        }
        Some(config)
    }
}

/// Explores every super-step that can occur; `None` where there are more than `limit`.
///
/// Two configurations with the same nodes and different arrivals are two moments.
#[must_use]
pub fn explore(shape: &Shape, limit: usize) -> Option<Flow> {
    let arrived = shape.joins.iter().map(|join| vec![false; join.sources.len()]).collect();
    let before = Config { arrived, ..Config::default() };
    let (known, open, ways, starved) = (BTreeMap::new(), VecDeque::new(), Vec::new(), Vec::new());
    let mut explorer = Explorer { shape, known, open, limit, ways, starved, ended: false };
    let first = explorer.follow(&before, &[None], None)?;
    let idle = explorer.ended;
    let mut moments: Vec<Moment> = Vec::new();
    while let Some(config) = explorer.open.pop_front() {
        let ran: Vec<_> = config.active.keys().copied().map(Some).collect();
        let next = explorer.follow(&config, &ran, Some(moments.len()))?;
        let (active, aside) = (config.active.into_iter().collect(), config.aside.into_iter().collect());
        moments.push(Moment { active, next, joined: Vec::new(), aside, ends: explorer.ended });
    }
    let starved = explorer.starved.iter().map(|starved| starved.told(&moments, &explorer.ways)).collect();
    Some(Flow { moments, first, idle, pairs: Vec::new(), starved, exact: true })
}

/// A run that ends while a join still waits: the join, what has arrived, and the last moment.
struct Waiting {
    join: usize,
    arrived: Vec<usize>,
    last: Option<usize>,
}

impl Waiting {
    fn told(&self, moments: &[Moment], ways: &[Option<usize>]) -> Starved {
        let mut path = Vec::new();
        let mut at = self.last;
        while let Some(moment) = at {
            path.push(moments[moment].active.iter().map(|(node, _)| *node).collect());
            at = ways[moment];
        }
        path.reverse();
        Starved { join: self.join, arrived: self.arrived.clone(), path }
    }
}

struct Explorer<'a> {
    shape: &'a Shape,
    known: BTreeMap<Config, usize>,
    open: VecDeque<Config>,
    limit: usize,
    /// The moment from which each moment was found first.
    ways: Vec<Option<usize>>,
    /// The first way found on which each join starves.
    starved: Vec<Waiting>,
    /// Whether the run can end with the moment that is being followed.
    ended: bool,
}

/// A step that is being put together: what is known of the next configuration, and what is still to be followed.
#[derive(Clone)]
struct Partial {
    config: Config,
    /// The nodes (START, where `None`) whose ways out are still to be followed.
    todo: Vec<Option<usize>>,
    /// The nodes whose `for` edge had no items.
    passed: Vec<usize>,
    /// Those that have been gone on from.
    gone_on: Vec<usize>,
}

impl Explorer<'_> {
    /// The moments that can follow when these have run; the end is none of them.
    fn follow(&mut self, config: &Config, ran: &[Option<usize>], from: Option<usize>) -> Option<Vec<usize>> {
        let config = Config { active: BTreeMap::new(), ..config.clone() };
        let todo = ran.iter().rev().copied().collect();
        let mut open = vec![Partial { config, todo, passed: Vec::new(), gone_on: Vec::new() }];
        let (mut next, mut tried) = (Vec::new(), 0);
        self.ended = false;
        while let Some(mut partial) = open.pop() {
            if let Some(from) = partial.todo.pop() {
                tried += 1;
                if tried > CHOICES * ran.len().max(1) {
                    return None;
                }
                self.leave(&partial, from, &mut open);
            } else if let Some(node) = partial.passed.pop() {
                // As the engine does: only where nothing was sent to that node after all, and once.
                if partial.config.active.get(&node) != Some(&true) && !partial.gone_on.contains(&node) {
                    partial.gone_on.push(node);
                    partial.todo.push(Some(node));
                }
                open.push(partial);
            } else {
                let Some(config) = partial.config.drained() else {
                    self.ended = true;
                    self.ends(&partial.config, from);
                    continue;
                };
                let moment = self.moment(config, from)?;
                if !next.contains(&moment) {
                    next.push(moment);
                }
            }
        }
        next.sort_unstable();
        Some(next)
    }

    /// Follows the ways out of one node: a partial step for each choice.
    fn leave(&mut self, partial: &Partial, from: Option<usize>, open: &mut Vec<Partial>) {
        let mut partial = partial.clone();
        if let Some(node) = from {
            for (index, join) in self.shape.joins.iter().enumerate() {
                let arrived = &mut partial.config.arrived[index];
                for (source, arrived) in join.sources.iter().zip(arrived.iter_mut()) {
                    *arrived |= *source == node;
                }
                if join.sources.contains(&node) && arrived.iter().all(|arrived| *arrived) {
                    arrived.fill(false);
                    join.targets.iter().for_each(|target| partial.config.run(self.shape, *target, false));
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
                // The run ends here, whatever the others lead to, and nothing waits in vain.
                self.ended = true;
                continue;
            }
            let mut choices = vec![partial.clone()];
            for Target { node, each } in targets {
                if *each {
                    // Some items, or none.
                    let mut none = choices.clone();
                    none.iter_mut().for_each(|choice| choice.passed.push(*node));
                    choices.iter_mut().for_each(|choice| choice.config.run(self.shape, *node, true));
                    choices.append(&mut none);
                } else {
                    choices.iter_mut().for_each(|choice| choice.config.run(self.shape, *node, false));
                }
            }
            open.append(&mut choices);
        }
    }

    /// A run can end here: what still waits then, waits for ever.
    fn ends(&mut self, config: &Config, last: Option<usize>) {
        for (join, arrived) in config.arrived.iter().enumerate() {
            let sources = self.shape.joins[join].sources.iter().zip(arrived);
            let arrived: Vec<_> = sources.filter(|(_, arrived)| **arrived).map(|(source, _)| *source).collect();
            if !arrived.is_empty() && self.starved.iter().all(|known| known.join != join) {
                self.starved.push(Waiting { join, arrived, last });
            }
        }
    }

    /// The number of a configuration; a new one is put down to be explored.
    fn moment(&mut self, config: Config, from: Option<usize>) -> Option<usize> {
        if let Some(known) = self.known.get(&config) {
            return Some(*known);
        }
        let number = self.known.len();
        self.known.insert(config.clone(), number);
        self.open.push_back(config);
        self.ways.push(from);
        (number < self.limit).then_some(number)
    }
}
