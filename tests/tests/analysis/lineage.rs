//! Which nodes meet themselves, by brute force: every run is simulated with the descent of all that it holds.
//!
//! Written independently of the analysis: it marks nothing and watches no single node, but remembers every earlier run
//! of a node, by what still descends from it.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use graph_shape::{Edge, Shape};

use crate::simulate::{Choices, Standing, Witness, every, witnessed};

/// The maximum number of alternatives to combine in one super-step.
const WAYS: usize = 64;

/// Something that a run holds between two super-steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Token {
    Start,
    Runs(usize),
    Waits(usize),
    Arrived(usize, usize),
}

/// A node that ran.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Ran {
    node: usize,
    /// The edges that led to it.
    by: BTreeSet<Edge>,
    /// Whatever of the present descends from it.
    descendants: BTreeSet<Token>,
}

/// A run, with its past.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Story {
    standing: Standing,
    past: BTreeSet<Ran>,
    /// The edges that have led to the waiting nodes.
    led: BTreeMap<usize, BTreeSet<Edge>>,
    /// The nodes that have met themselves in the last super-step.
    met: BTreeSet<usize>,
}

/// The nodes that meet themselves in some run; `None` if there are more than `limit` stories.
pub(crate) fn met_in_truth(shape: &Shape, limit: usize) -> Option<BTreeSet<usize>> {
    let begin =
        Story { standing: Standing::before(shape), past: BTreeSet::new(), led: BTreeMap::new(), met: BTreeSet::new() };
    let (mut seen, mut open, mut met) = (HashSet::new(), VecDeque::new(), BTreeSet::new());
    open.extend(every(|choices| next(shape, &begin, true, choices)));
    while let Some(mut story) = open.pop_front() {
        met.append(&mut story.met);
        if story.standing.tasks.is_empty() || !seen.insert(story.clone()) {
            continue;
        }
        if seen.len() > limit {
            return None;
        }
        let ways: usize = story.standing.tasks.iter().map(|node| shape.nodes[*node].len().max(1)).product();
        if ways > WAYS {
            return None;
        }
        open.extend(every(|choices| next(shape, &story, false, choices)));
    }
    Some(met)
}

/// Collects, for all that a super-step leads to, what of the present it descends from.
struct Descent {
    parents: BTreeMap<usize, BTreeSet<Token>>,
    led: BTreeMap<usize, BTreeSet<Edge>>,
    arrived: BTreeMap<(usize, usize), BTreeSet<Token>>,
    /// What has passed over a node to which it had no item to send.
    over: BTreeMap<usize, BTreeSet<Token>>,
    behind: Option<usize>,
}

impl Descent {
    /// What of the present a node of this super-step stands for.
    fn of(&self, from: Option<usize>) -> BTreeSet<Token> {
        match from {
            None => BTreeSet::from([Token::Start]),
            Some(node) if self.behind == Some(node) => self.over[&node].clone(),
            Some(node) => BTreeSet::from([Token::Runs(node)]),
        }
    }

    fn lead(&mut self, mut parents: BTreeSet<Token>, edge: Edge, to: usize) {
        self.parents.entry(to).or_default().append(&mut parents);
        self.led.entry(to).or_default().insert(edge);
    }
}

impl Witness for Descent {
    fn led(&mut self, from: Option<usize>, to: usize) {
        self.lead(self.of(from), from.map_or(Edge::Start, Edge::Node), to);
    }

    fn passed(&mut self, from: Option<usize>, over: usize) {
        let mut parents = self.of(from);
        self.over.entry(over).or_default().append(&mut parents);
    }

    fn goes_on_behind(&mut self, node: usize) {
        self.behind = Some(node);
    }

    fn arrived(&mut self, join: usize, source: usize) {
        let mut parents = self.of(Some(source));
        self.arrived.entry((join, source)).or_default().append(&mut parents);
    }

    fn fired(&mut self, join: usize, to: usize) {
        let arrived = self.arrived.iter().filter(|((at, _), _)| *at == join);
        let parents = arrived.flat_map(|(_, parents)| parents.iter().copied()).collect();
        self.lead(parents, Edge::Join(join), to);
    }

    fn emptied(&mut self, join: usize) {
        self.arrived.retain(|(at, _), _| *at != join);
    }
}

fn next(shape: &Shape, story: &Story, start: bool, choices: &mut dyn Choices) -> Story {
    let waits = |node: &usize| (*node, BTreeSet::from([Token::Waits(*node)]));
    let standing = &story.standing;
    let arrived = standing.arrived.iter().enumerate().flat_map(|(join, sources)| {
        sources.iter().map(move |source| ((join, *source), BTreeSet::from([Token::Arrived(join, *source)])))
    });
    let mut descent = Descent {
        parents: standing.deferred.iter().map(waits).collect(),
        led: story.led.clone(),
        arrived: arrived.collect(),
        over: BTreeMap::new(),
        behind: None,
    };
    let next = witnessed(shape, standing, start, choices, &mut descent);
    // All that the run holds now, and its parents.
    let runs = next.tasks.iter().map(|node| (Token::Runs(*node), descent.parents[node].clone()));
    let waits = next.deferred.iter().map(|node| (Token::Waits(*node), descent.parents[node].clone()));
    let arrived = next.arrived.iter().enumerate().flat_map(|(join, sources)| {
        let all = &descent.arrived;
        sources.iter().map(move |source| (Token::Arrived(join, *source), all[&(join, *source)].clone()))
    });
    let present: BTreeMap<Token, BTreeSet<Token>> = runs.chain(waits).chain(arrived).collect();

    let mut past: BTreeSet<Ran> = BTreeSet::new();
    for ran in &story.past {
        let descends = |(_, parents): &(&Token, &BTreeSet<Token>)| !parents.is_disjoint(&ran.descendants);
        let descendants: BTreeSet<Token> = present.iter().filter(descends).map(|(token, _)| *token).collect();
        // What leads to all that is left can meet nothing.
        if descendants.len() < present.len() {
            past.insert(Ran { descendants, ..ran.clone() });
        }
    }
    let tasks: BTreeSet<usize> = next.tasks.iter().copied().collect();
    let mut met = BTreeSet::new();
    for node in &tasks {
        let by = &descent.led[node];
        let meets =
            |ran: &Ran| ran.node == *node && !ran.descendants.contains(&Token::Runs(*node)) && ran.by.is_disjoint(by);
        met.extend(past.iter().any(meets).then_some(*node));
    }
    for node in &tasks {
        let by = descent.led[node].clone();
        past.insert(Ran { node: *node, by, descendants: BTreeSet::from([Token::Runs(*node)]) });
    }
    let led = descent.led.into_iter().filter(|(node, _)| next.deferred.contains(node)).collect();
    Story { standing: next, past, led, met }
}
