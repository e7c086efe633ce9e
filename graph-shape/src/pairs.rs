//! The coarse analysis, for graphs with too many super-steps: which pairs of nodes can run together.
//!
//! A *token* is one piece of a run's state: a node that runs, a source that has arrived at a waiting join, or a
//! deferred node. The analysis computes which pairs of tokens can exist at the same time, as the least set closed
//! under:
//!
//! 1. two targets of one alternative are a pair, and so are two targets of START;
//! 2. if `p` and `q` are a pair, so is each successor of `p` with each successor of `q`: both advance in the same
//!    super-step, or stay, if they are arrivals; if `p` and `q` are the only two sources of a join, it fires and
//!    resets;
//! 3. a node marked `defer` becomes deferred or runs when an edge leads to it; a deferred node stays deferred or runs;
//!    when it runs, no node is deferred, and only nodes marked `defer` run with it;
//! 4. a join's target succeeds a source that runs beside `q` if each other source runs or has arrived beside both.
//!
//! Every super-step of the exact analysis has only pairs of this one. The proof is by induction over the steps: each
//! running node and each arrival stems from a node or an arrival of the step before, and tokens that exist together are
//! pairwise together. The converse does not hold, so there may be more pairs than can occur.

use std::collections::BTreeSet;

use crate::{Alternative, End, Flow, Precision, Shape, SuperStep, Target};

/// A running node, a source that has arrived at a join (join, node), or a deferred node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    Runs(usize),
    Arrived(usize, usize),
    Deferred(usize),
}

/// Computes the pairs, and a flow with one super-step for each node: its direct successors, and the sources of its joins.
#[must_use]
pub fn pairs(shape: &Shape) -> Flow {
    let mut closure = Closure { shape, known: BTreeSet::new() };
    shape.start.iter().for_each(|alternative| closure.add_alternative(alternative, &[]));
    for node in 0..shape.nodes.len() {
        // The successors of one node by an alternative and by its joins can run together.
        let joined: Vec<_> = arrivals(shape, node).chain(fired(shape, node)).collect();
        for alternative in &shape.nodes[node] {
            closure.add_alternative(alternative, &joined);
        }
        closure.add_all(&joined);
    }
    // Rule 4 depends on other pairs, so iterate to the fixed point.
    let mut count = 0;
    while count < closure.known.len() {
        count = closure.known.len();
        for (p, q) in closure.known.clone() {
            let after_q = closure.successors(q, p);
            for p in closure.successors(p, q) {
                after_q.iter().for_each(|q| closure.add(p, *q));
            }
        }
    }
    let pairs = closure.known.iter().filter_map(|pair| match pair {
        (Token::Runs(a), Token::Runs(b)) => Some((*a, *b)),
        _ => None,
    });
    let steps = (0..shape.nodes.len()).map(|node| {
        let by_edges: BTreeSet<_> =
            shape.nodes[node].iter().flat_map(|alternative| alternative_tokens(shape, alternative)).collect();
        let joins = shape.joins.iter().filter(|join| join.targets.contains(&node));
        let many = all_alternatives(shape).any(|a| a.targets.contains(&Target { node, each: true }));
        let mut step = SuperStep {
            active: vec![(node, many)],
            next: by_edges.into_iter().filter_map(Token::runs).collect(),
            joins: joins.map(|join| join.sources.clone()).collect(),
            ..SuperStep::default()
        };
        ends(shape, node, many).into_iter().for_each(|end| step.end(end));
        step
    });
    let first: BTreeSet<_> =
        shape.start.iter().flat_map(|alternative| alternative_tokens(shape, alternative)).collect();
    let first = first.into_iter().filter_map(Token::runs).collect();
    let mut empty: Vec<_> = shape.start.iter().filter(|alternative| can_end(alternative)).map(|way| way.exit).collect();
    empty.sort_unstable();
    empty.dedup();
    let both = closure.known.iter().flat_map(|(p, q)| [(*p, *q), (*q, *p)]);
    let beside = both.filter_map(|(p, q)| Some((p.runs()?, q.node())));
    Flow {
        steps: steps.collect(),
        first,
        empty,
        pairs: pairs.collect(),
        parallel: Vec::new(),
        beside: beside.collect(),
        starved: Vec::new(),
        precision: Precision::Coarse,
    }
}

/// Whether a run can end after this alternative: a `for` edge may have no items.
fn can_end(alternative: &Alternative) -> bool {
    alternative.exit.is_some() || alternative.targets.iter().all(|target| target.each)
}

/// The ways in which a run can end with a node. Which arms were taken is known if it has one task, which then has run.
fn ends(shape: &Shape, node: usize, many: bool) -> Vec<End> {
    let ways = &shape.nodes[node];
    let none = ways.is_empty().then_some(End { exit: None, taken: Vec::new() });
    let own = ways.iter().filter(|way| can_end(way)).map(|way| {
        let arms = way.arms.iter().filter(|_| !many);
        End { exit: way.exit, taken: arms.map(|arm| (node, *arm)).collect() }
    });
    let joins = shape.joins.iter().filter(|join| join.sources.contains(&node) && join.exit.is_some());
    let joins = joins.map(|join| End { exit: join.exit, taken: Vec::new() });
    none.into_iter().chain(own).chain(joins).collect()
}

impl Token {
    fn node(self) -> usize {
        match self {
            Self::Runs(node) | Self::Arrived(_, node) | Self::Deferred(node) => node,
        }
    }

    fn runs(self) -> Option<usize> {
        match self {
            Self::Runs(node) => Some(node),
            Self::Arrived(..) | Self::Deferred(_) => None,
        }
    }
}

fn all_alternatives(shape: &Shape) -> impl Iterator<Item = &Alternative> {
    shape.start.iter().chain(shape.nodes.iter().flatten())
}

/// The tokens of a node's arrival at its joins.
fn arrivals(shape: &Shape, node: usize) -> impl Iterator<Item = Token> + '_ {
    let joins = shape.joins.iter().enumerate().filter(move |(_, join)| join.sources.contains(&node));
    joins.map(move |(join, _)| Token::Arrived(join, node))
}

/// The tokens of a scheduled node in the next step.
fn scheduled(shape: &Shape, node: usize) -> impl Iterator<Item = Token> {
    std::iter::once(Token::Runs(node)).chain(shape.defers(node).then_some(Token::Deferred(node)))
}

/// The tokens that one target can lead to in the next step: its node or, if a `for` edge has no items, the successors
/// of that node.
fn target_tokens(shape: &Shape, target: Target) -> BTreeSet<Token> {
    let mut tokens = BTreeSet::new();
    let mut skipped = BTreeSet::new();
    let mut open = vec![target];
    while let Some(target) = open.pop() {
        tokens.extend(scheduled(shape, target.node));
        if target.each && skipped.insert(target.node) {
            tokens.extend(arrivals(shape, target.node));
            tokens.extend(fired(shape, target.node));
            open.extend(shape.nodes[target.node].iter().flat_map(|alternative| alternative.targets.iter().copied()));
        }
    }
    tokens
}

fn alternative_tokens(shape: &Shape, alternative: &Alternative) -> BTreeSet<Token> {
    alternative.targets.iter().flat_map(|target| target_tokens(shape, *target)).collect()
}

/// The targets of the joins that wait for a node.
fn fired(shape: &Shape, node: usize) -> impl Iterator<Item = Token> + '_ {
    let joins = shape.joins.iter().filter(move |join| join.sources.contains(&node));
    joins.flat_map(move |join| join.targets.iter().flat_map(move |target| scheduled(shape, *target)))
}

/// The known pairs.
struct Closure<'a> {
    shape: &'a Shape,
    known: BTreeSet<(Token, Token)>,
}

impl Closure<'_> {
    fn add(&mut self, p: Token, q: Token) {
        if p != q && self.respects_deferral(p, q) && self.respects_deferral(q, p) {
            self.known.insert((p.min(q), p.max(q)));
        }
    }

    /// Whether the pair respects deferral: only deferred nodes run beside a deferred node.
    fn respects_deferral(&self, p: Token, q: Token) -> bool {
        match (p, q) {
            (Token::Runs(deferred), Token::Runs(other)) => !self.shape.defers(deferred) || self.shape.defers(other),
            (Token::Runs(deferred), Token::Deferred(_)) => !self.shape.defers(deferred),
            _ => true,
        }
    }

    fn has(&self, p: Token, q: Token) -> bool {
        p == q || self.known.contains(&(p.min(q), p.max(q)))
    }

    /// The successors of `token`, which exists beside `other`.
    fn successors(&self, token: Token, other: Token) -> Vec<Token> {
        let shape = self.shape;
        let node = match token {
            Token::Runs(node) => node,
            Token::Deferred(node) => return scheduled(shape, node).collect(),
            Token::Arrived(join, source) => {
                // The second of two sources makes the join fire and reset.
                let fires =
                    matches!(other, Token::Runs(node) if are_the_sources(&shape.joins[join].sources, node, source));
                return if fires { Vec::new() } else { vec![token] };
            }
        };
        let mut tokens: Vec<_> = node_tokens(shape, node).into_iter().collect();
        tokens.extend(arrivals(shape, node).filter(|arrival| match (arrival, other) {
            (Token::Arrived(join, _), Token::Runs(source)) => {
                !are_the_sources(&shape.joins[*join].sources, node, source)
            }
            (Token::Arrived(join, _), Token::Arrived(beside, source)) => {
                *join != beside || !are_the_sources(&shape.joins[*join].sources, node, source)
            }
            _ => true,
        }));
        for (index, join) in shape.joins.iter().enumerate() {
            let mut others = join.sources.iter().filter(|source| **source != node);
            let beside = |source: usize, token| {
                self.has(Token::Runs(source), token) || self.has(Token::Arrived(index, source), token)
            };
            if join.sources.contains(&node) && others.all(|source| beside(*source, token) && beside(*source, other)) {
                tokens.extend(join.targets.iter().flat_map(|target| scheduled(self.shape, *target)));
            }
        }
        tokens
    }

    fn add_all(&mut self, tokens: &[Token]) {
        for (index, p) in tokens.iter().enumerate() {
            tokens[index + 1..].iter().for_each(|q| self.add(*p, *q));
        }
    }

    /// The targets of one alternative are reached together; the tokens of a single target are alternatives.
    fn add_alternative(&mut self, alternative: &Alternative, joined: &[Token]) {
        let shape = self.shape;
        for (index, target) in alternative.targets.iter().enumerate() {
            let tokens = target_tokens(shape, *target);
            let others = alternative.targets[index + 1..].iter().flat_map(|other| target_tokens(shape, *other));
            for q in others.chain(joined.iter().copied()) {
                tokens.iter().for_each(|p| self.add(*p, q));
            }
            // A `for` edge without items leads to all successors of its node at once.
            if target.each {
                let joined: Vec<_> = arrivals(shape, target.node).chain(fired(shape, target.node)).collect();
                let alternative_tokens = node_tokens(shape, target.node);
                alternative_tokens.iter().for_each(|p| joined.iter().for_each(|q| self.add(*p, *q)));
            }
        }
    }
}

/// Whether these are the only two sources.
fn are_the_sources(sources: &[usize], a: usize, b: usize) -> bool {
    matches!(sources, [x, y] if (*x, *y) == (a, b) || (*x, *y) == (b, a))
}

fn node_tokens(shape: &Shape, node: usize) -> BTreeSet<Token> {
    shape.nodes[node].iter().flat_map(|alternative| alternative_tokens(shape, alternative)).collect()
}
