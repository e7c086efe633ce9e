//! The coarser analysis, for graphs with too many moments: which pairs of nodes can run together.
//!
//! A *place* is where a run can stand: a node that runs, a source that has arrived at a join which still waits, or a
//! deferred node that was put aside. The analysis keeps every pair of places that can be occupied at the same time, the
//! least set that is closed under:
//!
//! 1. two targets of one alternative are a pair, and so are two targets of START;
//! 2. if `p` and `q` are a pair, so is each place that follows `p` with each place that follows `q`: both move in the same
//!    super-step, or stay, if they are arrivals; where `p` and `q` are the two sources of a join, it fires and forgets;
//! 3. a deferred node that something leads to is put aside, or runs; put aside, it stays so or runs; when it runs, nothing
//!    is aside, and only deferred nodes run with it;
//! 4. a join's target follows a source that runs beside `q` if each other source runs or has arrived beside both.
//!
//! Every moment of the exact analysis has only pairs of this one: by induction over the steps, because each node that
//! runs in a step, and each arrival that is remembered, came from a node or an arrival of the step before, and what was
//! together then was pairwise together. What is pairwise together need not be together, so there may be more pairs than
//! can occur.

use std::collections::BTreeSet;

use crate::{Alternative, Flow, Moment, Shape, Target};

/// A node that runs, a source that has arrived at a join (join, node), or a deferred node that was put aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Runs(usize),
    Arrived(usize, usize),
    Aside(usize),
}

/// Works out the pairs, and a flow with one moment a node: what can follow a node directly, and the sources of its joins.
#[must_use]
pub fn pairs(shape: &Shape) -> Flow {
    let mut closure = Closure { shape, known: BTreeSet::new() };
    shape.start.iter().for_each(|alternative| closure.together(alternative, &[]));
    for node in 0..shape.nodes.len() {
        // What one node leads to at once, by an alternative and by its joins, can run together.
        let joined: Vec<_> = arrivals(shape, node).chain(fired(shape, node)).collect();
        for alternative in &shape.nodes[node] {
            closure.together(alternative, &joined);
        }
        closure.all(&joined);
    }
    // Rule 4 looks at other pairs, so all are looked at again until there are no new ones.
    let mut count = 0;
    while count < closure.known.len() {
        count = closure.known.len();
        for (p, q) in closure.known.clone() {
            let after_q = closure.follows(q, p);
            for p in closure.follows(p, q) {
                after_q.iter().for_each(|q| closure.add(p, *q));
            }
        }
    }
    let pairs = closure.known.iter().filter_map(|pair| match pair {
        (Place::Runs(a), Place::Runs(b)) => Some((*a, *b)),
        _ => None,
    });
    let moments = (0..shape.nodes.len()).map(|node| {
        let by_edges: BTreeSet<_> =
            shape.nodes[node].iter().flat_map(|alternative| lands(shape, alternative)).collect();
        let joins = shape.joins.iter().filter(|join| join.targets.contains(&node));
        let many = all_alternatives(shape).any(|a| a.targets.contains(&Target { node, each: true }));
        Moment {
            active: vec![(node, many)],
            next: by_edges.into_iter().filter_map(Place::runs).collect(),
            joined: joins.map(|join| join.sources.clone()).collect(),
            aside: (0..shape.nodes.len())
                .filter(|aside| closure.known.contains(&(Place::Runs(node), Place::Aside(*aside))))
                .collect(),
            ends: shape.nodes[node].is_empty() || shape.nodes[node].iter().any(can_end),
        }
    });
    let first: BTreeSet<_> = shape.start.iter().flat_map(|alternative| lands(shape, alternative)).collect();
    let first = first.into_iter().filter_map(Place::runs).collect();
    let idle = shape.start.iter().any(can_end);
    Flow { moments: moments.collect(), first, idle, pairs: pairs.collect(), starved: Vec::new(), exact: false }
}

/// Whether nothing may follow: a `for` edge may have no items.
fn can_end(alternative: &Alternative) -> bool {
    alternative.exit || alternative.targets.iter().all(|target| target.each)
}

impl Place {
    fn runs(self) -> Option<usize> {
        match self {
            Self::Runs(node) => Some(node),
            Self::Arrived(..) | Self::Aside(_) => None,
        }
    }
}

fn all_alternatives(shape: &Shape) -> impl Iterator<Item = &Alternative> {
    shape.start.iter().chain(shape.nodes.iter().flatten())
}

/// Where an arrival of a node can be remembered.
fn arrivals(shape: &Shape, node: usize) -> impl Iterator<Item = Place> + '_ {
    let joins = shape.joins.iter().enumerate().filter(move |(_, join)| join.sources.contains(&node));
    joins.map(move |(join, _)| Place::Arrived(join, node))
}

/// Where a node that something leads to can stand in the next step.
fn run(shape: &Shape, node: usize) -> impl Iterator<Item = Place> {
    std::iter::once(Place::Runs(node)).chain(shape.defers(node).then_some(Place::Aside(node)))
}

/// The places that one target can lead to in the next step: its node, or, where a `for` edge to it has no items, what
/// follows that node.
fn land(shape: &Shape, target: Target) -> BTreeSet<Place> {
    let mut places = BTreeSet::new();
    let mut passed = BTreeSet::new();
    let mut open = vec![target];
    while let Some(target) = open.pop() {
        places.extend(run(shape, target.node));
        if target.each && passed.insert(target.node) {
            places.extend(arrivals(shape, target.node));
            places.extend(fired(shape, target.node));
            open.extend(shape.nodes[target.node].iter().flat_map(|alternative| alternative.targets.iter().copied()));
        }
    }
    places
}

fn lands(shape: &Shape, alternative: &Alternative) -> BTreeSet<Place> {
    alternative.targets.iter().flat_map(|target| land(shape, *target)).collect()
}

/// The targets of the joins that wait for a node.
fn fired(shape: &Shape, node: usize) -> impl Iterator<Item = Place> + '_ {
    let joins = shape.joins.iter().filter(move |join| join.sources.contains(&node));
    joins.flat_map(move |join| join.targets.iter().flat_map(move |target| run(shape, *target)))
}

/// The pairs that are known.
struct Closure<'a> {
    shape: &'a Shape,
    known: BTreeSet<(Place, Place)>,
}

impl Closure<'_> {
    fn add(&mut self, p: Place, q: Place) {
        if p != q && self.can_be(p, q) && self.can_be(q, p) {
            self.known.insert((p.min(q), p.max(q)));
        }
    }

    /// Whether what can run beside a deferred node does.
    fn can_be(&self, p: Place, q: Place) -> bool {
        match (p, q) {
            (Place::Runs(deferred), Place::Runs(other)) => !self.shape.defers(deferred) || self.shape.defers(other),
            (Place::Runs(deferred), Place::Aside(_)) => !self.shape.defers(deferred),
            _ => true,
        }
    }

    fn has(&self, p: Place, q: Place) -> bool {
        p == q || self.known.contains(&(p.min(q), p.max(q)))
    }

    /// The places that can be occupied in the step after `place`, which is occupied beside `other`.
    fn follows(&self, place: Place, other: Place) -> Vec<Place> {
        let shape = self.shape;
        let node = match place {
            Place::Runs(node) => node,
            Place::Aside(node) => return run(shape, node).collect(),
            Place::Arrived(join, source) => {
                // The last of two sources makes the join fire, and forget.
                let fires = matches!(other, Place::Runs(node) if are(&shape.joins[join].sources, node, source));
                return if fires { Vec::new() } else { vec![place] };
            }
        };
        let mut places: Vec<_> = lands_of(shape, node).into_iter().collect();
        places.extend(arrivals(shape, node).filter(|arrival| match (arrival, other) {
            (Place::Arrived(join, _), Place::Runs(source)) => !are(&shape.joins[*join].sources, node, source),
            (Place::Arrived(join, _), Place::Arrived(beside, source)) => {
                *join != beside || !are(&shape.joins[*join].sources, node, source)
            }
            _ => true,
        }));
        for (index, join) in shape.joins.iter().enumerate() {
            let mut others = join.sources.iter().filter(|source| **source != node);
            let beside = |source: usize, place| {
                self.has(Place::Runs(source), place) || self.has(Place::Arrived(index, source), place)
            };
            if join.sources.contains(&node) && others.all(|source| beside(*source, place) && beside(*source, other)) {
                places.extend(join.targets.iter().flat_map(|target| run(self.shape, *target)));
            }
        }
        places
    }

    fn all(&mut self, places: &[Place]) {
        for (index, p) in places.iter().enumerate() {
            places[index + 1..].iter().for_each(|q| self.add(*p, *q));
        }
    }

    /// The targets of one alternative are reached together; what each leads to by itself is not.
    fn together(&mut self, alternative: &Alternative, joined: &[Place]) {
        let shape = self.shape;
        for (index, target) in alternative.targets.iter().enumerate() {
            let places = land(shape, *target);
            let others = alternative.targets[index + 1..].iter().flat_map(|other| land(shape, *other));
            for q in others.chain(joined.iter().copied()) {
                places.iter().for_each(|p| self.add(*p, q));
            }
            // A `for` edge without items leads to all that its node leads to at once.
            if target.each {
                let joined: Vec<_> = arrivals(shape, target.node).chain(fired(shape, target.node)).collect();
                let lands = lands_of(shape, target.node);
                lands.iter().for_each(|p| joined.iter().for_each(|q| self.add(*p, *q)));
            }
        }
    }
}

/// Whether these are the two sources, and the only ones.
fn are(sources: &[usize], a: usize, b: usize) -> bool {
    matches!(sources, [x, y] if (*x, *y) == (a, b) || (*x, *y) == (b, a))
}

fn lands_of(shape: &Shape, node: usize) -> BTreeSet<Place> {
    shape.nodes[node].iter().flat_map(|alternative| lands(shape, alternative)).collect()
}
