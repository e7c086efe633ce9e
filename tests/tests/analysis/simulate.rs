//! Every schedule of a graph, simulated by the engine's rules, task by task.
//!
//! Written independently of the analysis: it keeps tasks and written fields, and has no sets of super-steps, facts or
//! fixed points. `simulator_is_the_engine` compares it with the engine itself.

use std::collections::{BTreeSet, HashSet, VecDeque};

use std::hash::Hash;

use graph_shape::{Alternative, Shape};

use crate::graph::{EXITS, Graph, Verdict, Written};

/// A run between two super-steps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Standing {
    /// The nodes of the next tasks, ascending; a node with several tasks is repeated.
    pub(crate) tasks: Vec<usize>,
    /// Per join, the sources that have run.
    pub(crate) arrived: Vec<Vec<usize>>,
    /// The deferred nodes that wait until there is no other task.
    pub(crate) deferred: Vec<usize>,
    /// The fields that have been written, as bits.
    pub(crate) written: u8,
}

impl Standing {
    /// A run that has not started.
    pub(crate) fn before(shape: &Shape) -> Self {
        Self { tasks: Vec::new(), arrived: vec![Vec::new(); shape.joins.len()], deferred: Vec::new(), written: 0 }
    }

    /// The written fields after its tasks have run.
    fn written_after(&self, graph: &Graph) -> u8 {
        self.tasks.iter().fold(self.written, |written, task| written | graph.nodes[*task].must_write)
    }
}

/// The choices of routers and `for` edges: an alternative, a number of items.
pub(crate) trait Choices {
    /// The chosen one of `count` alternatives of a node's router (of START's, if `None`).
    fn alternative(&mut self, of: Option<usize>, count: usize) -> usize;
    /// The number of items of a `for` edge to a node.
    fn items(&mut self, to: usize) -> usize;
}

/// Sees what leads to what during a super-step.
pub(crate) trait Witness {
    /// An edge of a node (of START, if `None`) leads to a node.
    fn led(&mut self, from: Option<usize>, to: usize);
    /// A `for` edge of a node has no item for another.
    fn passed(&mut self, from: Option<usize>, over: usize);
    /// What follows comes from behind a node to which no item was sent.
    fn goes_on_behind(&mut self, node: usize);
    /// A node arrives at a join.
    fn arrived(&mut self, join: usize, source: usize);
    /// A join leads to a node.
    fn fired(&mut self, join: usize, to: usize);
    /// All arrivals at a join are used up.
    fn emptied(&mut self, join: usize);
    /// A node that ran takes this arm of its router.
    fn took(&mut self, _node: usize, _arm: usize) {}
    /// The run takes this exit.
    fn left_by(&mut self, _exit: usize) {}
}

/// Sees nothing.
struct Nobody;

impl Witness for Nobody {
    fn led(&mut self, _: Option<usize>, _: usize) {}
    fn passed(&mut self, _: Option<usize>, _: usize) {}
    fn goes_on_behind(&mut self, _: usize) {}
    fn arrived(&mut self, _: usize, _: usize) {}
    fn fired(&mut self, _: usize, _: usize) {}
    fn emptied(&mut self, _: usize) {}
}

/// Sees which arms of routers were taken, and which exits.
#[derive(Default)]
struct Ways {
    arms: Vec<(usize, usize)>,
    exits: Vec<usize>,
}

impl Witness for Ways {
    fn led(&mut self, _: Option<usize>, _: usize) {}
    fn passed(&mut self, _: Option<usize>, _: usize) {}
    fn goes_on_behind(&mut self, _: usize) {}
    fn arrived(&mut self, _: usize, _: usize) {}
    fn fired(&mut self, _: usize, _: usize) {}
    fn emptied(&mut self, _: usize) {}

    fn took(&mut self, node: usize, arm: usize) {
        self.arms.push((node, arm));
    }

    fn left_by(&mut self, exit: usize) {
        self.exits.push(exit);
    }
}

/// The standing after a super-step, with what subgraphs write at the exits that they have taken; and the exits of the
/// run.
fn follow(graph: &Graph, standing: &Standing, start: bool, choices: &mut dyn Choices) -> (Standing, Vec<usize>) {
    let mut ways = Ways::default();
    let mut next = witnessed(&graph.shape, standing, start, choices, &mut ways);
    for (node, arm) in ways.arms {
        // A router takes an arm because the subgraph took one of these exits.
        let written = graph.nodes[node].exits.map(|exits| exits.behind(arm)).unwrap_or_default();
        let one = if written.len() > 1 { choices.alternative(Some(node), written.len()) } else { 0 };
        next.written |= written.get(one).copied().unwrap_or_default();
    }
    (next, ways.exits)
}

/// Tries every schedule; `None` if there are more than `limit` standings.
pub(crate) fn brute_force(graph: &Graph, limit: usize) -> Option<Verdict> {
    let mut verdict = Verdict { races: false, reads_unwritten: false };
    for standing in every_standing(graph, limit)? {
        for (index, task) in standing.tasks.iter().enumerate() {
            let access = graph.nodes[*task];
            verdict.reads_unwritten |= access.reads & !standing.written != 0;
            let others = standing.tasks[index + 1..].iter().map(|other| graph.nodes[*other]);
            verdict.races |= others.into_iter().any(|other| other.may_write & access.may_write != 0);
        }
        let written = standing.written_after(graph);
        let routed = |task: &usize| graph.nodes[*task].routes_by & !written != 0;
        verdict.reads_unwritten |= standing.tasks.iter().any(routed);
    }
    Some(verdict)
}

/// The fields always written when a run ends, by whatever path, as bits: by whatever exit, then at the plain end and at
/// each exit. `None` if there are more than `limit` standings.
pub(crate) fn written_at_every_end(graph: &Graph, limit: usize) -> Option<Written> {
    let none = Standing::before(&graph.shape);
    let mut ends = [u8::MAX; EXITS + 2];
    let mut look = |next: HashSet<(Standing, Vec<usize>)>| {
        for (end, exits) in next.into_iter().filter(|(next, _)| next.tasks.is_empty()) {
            let plain = exits.is_empty().then_some(1);
            let at = exits.iter().map(|exit| exit + 2).chain(plain).chain([0]);
            at.for_each(|at| ends[at] &= end.written);
        }
    };
    look(every(|choices| follow(graph, &none, true, choices)));
    for mut standing in every_standing(graph, limit)? {
        standing.written = standing.written_after(graph);
        look(every(|choices| follow(graph, &standing, false, choices)));
    }
    Some(ends)
}

/// The joins at which some run ends with a source that has arrived; `None` if there are more than `limit` standings.
pub(crate) fn starved_in_truth(graph: &Graph, limit: usize) -> Option<BTreeSet<usize>> {
    let none = Standing::before(&graph.shape);
    let mut starved = BTreeSet::new();
    let mut look = |before: &Standing, start: bool| {
        for end in every(|choices| step(&graph.shape, before, start, choices)) {
            let waiting = end.arrived.iter().enumerate().filter(|(_, arrived)| !arrived.is_empty());
            starved.extend(waiting.filter(|_| end.tasks.is_empty()).map(|(join, _)| join));
        }
    };
    look(&none, true);
    every_standing(graph, limit)?.iter().for_each(|standing| look(standing, false));
    Some(starved)
}

/// The most ways from one standing to the next ones: as many as the analyses combine. A few graphs of thousands have so
/// many that they would take longer than all others.
const WAYS: usize = 256;

/// The standings before every super-step that can occur; `None` if there are more than `limit`, or more than [`WAYS`]
/// out of one.
pub(crate) fn every_standing(graph: &Graph, limit: usize) -> Option<HashSet<Standing>> {
    let none = Standing::before(&graph.shape);
    let (mut seen, mut open) = (HashSet::new(), VecDeque::new());
    open.extend(every_within(WAYS, |choices| follow(graph, &none, true, choices).0)?);
    while let Some(mut standing) = open.pop_front() {
        if standing.tasks.is_empty() || !seen.insert(standing.clone()) {
            continue;
        }
        if seen.len() > limit {
            return None;
        }
        standing.written = standing.written_after(graph);
        open.extend(every_within(WAYS, |choices| follow(graph, &standing, false, choices).0)?);
    }
    Some(seen)
}

/// The standing after a super-step: the successors of its tasks (of START, at the start), under these choices.
pub(crate) fn step(shape: &Shape, standing: &Standing, start: bool, choices: &mut dyn Choices) -> Standing {
    witnessed(shape, standing, start, choices, &mut Nobody)
}

/// [`step`], seen by a witness.
pub(crate) fn witnessed(
    shape: &Shape,
    standing: &Standing,
    start: bool,
    choices: &mut dyn Choices,
    witness: &mut dyn Witness,
) -> Standing {
    let mut next = Standing { tasks: Vec::new(), ..standing.clone() };
    let mut going = Going { sent: Vec::new(), passed: Vec::new(), exits: false };
    if start {
        take((None, false), &shape.start, choices, &mut next.tasks, &mut going, witness);
    }
    let mut ran = standing.tasks.clone();
    ran.dedup();
    for node in ran {
        leave(shape, node, true, choices, &mut next, &mut going, witness);
    }
    // A `for` edge without items continues after its node, last first, once per node.
    let mut gone_on = HashSet::new();
    while let Some(node) = going.passed.pop() {
        if !going.sent.contains(&node) && gone_on.insert(node) {
            witness.goes_on_behind(node);
            leave(shape, node, false, choices, &mut next, &mut going, witness);
        }
    }
    if going.exits {
        // Whatever else is scheduled or waits.
        return Standing { written: standing.written, ..Standing::before(shape) };
    }
    let sent = going.sent;
    let (deferred, tasks) = next.tasks.into_iter().partition(|node| shape.deferred.contains(node));
    (next.tasks, next.deferred) = (tasks, [next.deferred, deferred].concat());
    if next.tasks.is_empty() && sent.is_empty() {
        next.tasks = std::mem::take(&mut next.deferred);
    }
    for nodes in [&mut next.tasks, &mut next.deferred] {
        nodes.sort_unstable();
        nodes.dedup();
    }
    next.tasks.extend(sent);
    next.tasks.sort_unstable();
    next
}

/// What goes on besides the nodes that edges lead to.
struct Going {
    /// The nodes of tasks that `for` edges have sent.
    sent: Vec<usize>,
    /// The nodes to which `for` edges had no item to send.
    passed: Vec<usize>,
    /// Whether the run takes an exit.
    exits: bool,
}

fn leave(
    shape: &Shape,
    node: usize,
    ran: bool,
    choices: &mut dyn Choices,
    next: &mut Standing,
    going: &mut Going,
    witness: &mut dyn Witness,
) {
    for (index, (join, arrived)) in shape.joins.iter().zip(&mut next.arrived).enumerate() {
        if join.sources.contains(&node) {
            witness.arrived(index, node);
            if !arrived.contains(&node) {
                arrived.push(node);
                arrived.sort_unstable();
            }
            if arrived.len() == join.sources.len() {
                arrived.clear();
                next.tasks.extend(&join.targets);
                join.targets.iter().for_each(|target| witness.fired(index, *target));
                witness.emptied(index);
                if let Some(exit) = join.exit {
                    going.exits = true;
                    witness.left_by(exit);
                }
            }
        }
    }
    take((Some(node), ran), &shape.nodes[node], choices, &mut next.tasks, going, witness);
}

fn take(
    (from, ran): (Option<usize>, bool),
    ways: &[Alternative],
    choices: &mut dyn Choices,
    pulled: &mut Vec<usize>,
    going: &mut Going,
    witness: &mut dyn Witness,
) {
    let Some(way) = ways.get(if ways.len() > 1 { choices.alternative(from, ways.len()) } else { 0 }) else { return };
    if let Some(exit) = way.exit {
        going.exits = true;
        witness.left_by(exit);
    }
    if let Some(node) = from.filter(|_| ran) {
        way.arms.iter().for_each(|arm| witness.took(node, *arm));
    }
    for target in &way.targets {
        match (target.each, if target.each { choices.items(target.node) } else { 0 }) {
            (false, _) => pulled.push(target.node),
            (true, 0) => {
                going.passed.push(target.node);
                witness.passed(from, target.node);
                continue;
            }
            (true, items) => going.sent.extend(std::iter::repeat_n(target.node, items)),
        }
        witness.led(from, target.node);
    }
}

/// The results under every combination of choices: an odometer over the choices in the order in which they occur.
pub(crate) fn every<T: Eq + Hash>(run: impl FnMut(&mut dyn Choices) -> T) -> HashSet<T> {
    every_within(usize::MAX, run).unwrap_or_default()
}

/// The same; `None` if there are more than `ways`.
fn every_within<T: Eq + Hash>(mut ways: usize, mut run: impl FnMut(&mut dyn Choices) -> T) -> Option<HashSet<T>> {
    let mut odometer = Odometer { digits: Vec::new(), at: 0 };
    let mut results = HashSet::new();
    loop {
        ways = ways.checked_sub(1)?;
        odometer.at = 0;
        results.insert(run(&mut odometer));
        odometer.digits.truncate(odometer.at);
        while odometer.digits.last().is_some_and(|(digit, base)| digit + 1 == *base) {
            odometer.digits.pop();
        }
        match odometer.digits.last_mut() {
            Some((digit, _)) => *digit += 1,
            None => return Some(results),
        }
    }
}

struct Odometer {
    /// The choices that have occurred, each with the number of its alternatives.
    digits: Vec<(usize, usize)>,
    at: usize,
}

impl Odometer {
    fn choose(&mut self, count: usize) -> usize {
        if self.at == self.digits.len() {
            self.digits.push((0, count));
        }
        self.at += 1;
        self.digits[self.at - 1].0
    }
}

impl Choices for Odometer {
    fn alternative(&mut self, _: Option<usize>, count: usize) -> usize {
        self.choose(count)
    }

    fn items(&mut self, _: usize) -> usize {
        // None or two: one is like two, but cannot race with itself.
        2 * self.choose(2)
    }
}
