//! Random graphs.

use fastrand::Rng;
use graph_shape::{Alternative, Join, Shape, Target};

use crate::graph::{Access, EXITS, Exits, FIELDS, Graph};

/// A random graph of 2 to 7 nodes, with routers, fan-outs, joins, `for` edges, exits, nodes marked `each` and, in half of
/// them, deferred nodes. Any edge may lead anywhere.
///
/// Half of the graphs write many fields before they read, so that clean ones are not rare.
pub(crate) fn graph(rng: &mut Rng) -> Graph {
    let count = rng.usize(2..8);
    let careful = rng.bool();
    let mut joins = Vec::new();
    for _ in 0..rng.usize(0..3) {
        let mut sources: Vec<usize> = (0..count).filter(|_| rng.usize(0..3) == 0).collect();
        rng.shuffle(&mut sources);
        sources.truncate(3);
        if sources.len() > 1 {
            let exit = (rng.usize(0..6) == 0).then(|| rng.usize(0..EXITS));
            let targets = if exit.is_some() { Vec::new() } else { vec![rng.usize(0..count)] };
            joins.push(Join { sources, targets, exit });
        }
    }
    let waits = |node| joins.iter().any(|join: &Join| join.sources.contains(&node));
    let nodes = (0..count).map(|node| if waits(node) && rng.bool() { Vec::new() } else { exits(rng, count) }).collect();
    let mut shape = Shape { start: exits(rng, count), nodes, joins, ..Shape::default() };
    if rng.bool() {
        defer(rng, &mut shape);
    }
    shape.repeated = (0..count).filter(|_| rng.usize(0..8) == 0).collect();
    let mut nodes: Vec<_> = shape.nodes.iter_mut().map(|ways| access(rng, careful, ways)).collect();
    read_behind_an_exit(rng, &shape, &mut nodes);
    Graph { shape, nodes }
}

/// Defers some nodes; no `for` edge leads to these.
fn defer(rng: &mut Rng, shape: &mut Shape) {
    shape.deferred = (0..shape.nodes.len()).filter(|_| rng.usize(0..3) == 0).collect();
    let targets = shape.start.iter_mut().chain(shape.nodes.iter_mut().flatten()).flat_map(|way| &mut way.targets);
    for target in targets {
        target.each &= !shape.deferred.contains(&target.node);
    }
}

fn exits(rng: &mut Rng, count: usize) -> Vec<Alternative> {
    // Mostly a single successor, otherwise a choice of a few.
    let ways = if rng.usize(0..3) == 0 { rng.usize(2..4) } else { 1 };
    (0..ways).map(|_| alternative(rng, count)).collect()
}

fn alternative(rng: &mut Rng, count: usize) -> Alternative {
    let mut targets: Vec<Target> = Vec::new();
    // None of them is the end.
    for _ in 0..[0, 1, 1, 1, 2, 3][rng.usize(0..6)] {
        let target = Target { node: rng.usize(0..count), each: rng.usize(0..5) == 0 };
        if targets.iter().all(|known| known.node != target.node) {
            targets.push(target);
        }
    }
    let exit = (targets.is_empty() && rng.usize(0..3) > 0).then(|| rng.usize(0..EXITS));
    Alternative { targets, exit, arms: Vec::new() }
}

/// A random graph in the form that people write: two or three branches out of START or of a node, each of one to three
/// nodes with routers, loops and `for` edges of its own; all of them end at END, at a deferred node, or at a join;
/// behind it the graph ends or goes round once more. In one of three, one more edge leads anywhere, so that the branches
/// may not be independent; in one of eight, a node is marked `each`.
pub(crate) fn branches(rng: &mut Rng) -> Graph {
    let (careful, from_start) = (rng.bool(), rng.bool());
    // 0 is the fork, 1 the node behind the branches.
    let mut behind = vec![Alternative::of(&[])];
    if rng.bool() {
        behind.push(Alternative::exit(rng.usize(0..EXITS)));
    }
    let mut shape = Shape { nodes: vec![Vec::new(), behind], ..Shape::default() };
    let end = rng.usize(0..3);
    let (mut firsts, mut lasts) = (Vec::new(), Vec::new());
    for _ in 0..rng.usize(2..4) {
        let (first, count) = (shape.nodes.len(), rng.usize(1..4));
        firsts.push(first);
        for at in 0..count {
            let (own, next) = (first + rng.usize(0..count), first + at + 1);
            let onward = match end {
                _ if at + 1 < count => Alternative::of(&[next]),
                0 => Alternative::of(&[]),
                1 => Alternative::of(&[1]),
                _ => Alternative::of(&[first + count]),
            };
            let other = match rng.usize(0..6) {
                0 | 1 => Some(Alternative::of(&[own])),
                2 => Some(Alternative::each(own)),
                3 if end != 2 => Some(Alternative::of(&[])),
                // Then nothing is known of what the other branches have written: see `ends`.
                4 if rng.usize(0..4) == 0 => Some(Alternative::exit(rng.usize(0..EXITS))),
                _ => None,
            };
            shape.nodes.push(std::iter::once(onward).chain(other).collect());
        }
        if end == 2 {
            lasts.push(shape.nodes.len());
            shape.nodes.push(Vec::new());
        }
    }
    if end == 1 {
        shape.deferred.push(1);
    }
    if end == 2 {
        shape.joins.push(Join { sources: lasts, targets: vec![1], exit: None });
    }
    if end > 0 && rng.bool() {
        shape.nodes[1].push(Alternative::of(&[if from_start { firsts[0] } else { 0 }]));
    }
    shape.nodes[0] = vec![Alternative::of(&firsts)];
    shape.start = if from_start { shape.nodes[0].clone() } else { vec![Alternative::of(&[0])] };
    if rng.usize(0..3) == 0 {
        let (from, to) = (rng.usize(1..shape.nodes.len()), rng.usize(0..shape.nodes.len()));
        if let Some(way) = shape.nodes[from].first_mut().filter(|way| way.targets.iter().all(|known| known.node != to))
        {
            way.targets.push(Target { node: to, each: false });
        }
    }
    if rng.usize(0..8) == 0 {
        shape.repeated.push(rng.usize(1..shape.nodes.len()));
    }
    let mut nodes: Vec<_> = shape.nodes.iter_mut().map(|ways| access(rng, careful, ways)).collect();
    read_behind_an_exit(rng, &shape, &mut nodes);
    Graph { shape, nodes }
}

/// In half of the graphs that have a subgraph with exits: one field is written at one exit of it and nowhere else, and
/// read by a node that the router leads to, so that it matters by which arms that node is reached. In half of these no
/// node reads or writes anything else.
fn read_behind_an_exit(rng: &mut Rng, shape: &Shape, nodes: &mut [Access]) {
    let field = 1 << rng.usize(0..FIELDS);
    let found = nodes.iter().position(|access| access.exits.is_some());
    let Some(subgraph) = found.filter(|_| rng.bool()) else { return };
    let others: u8 = if rng.bool() { !field } else { 0 };
    for node in nodes.iter_mut() {
        for set in [&mut node.reads, &mut node.routes_by, &mut node.may_write, &mut node.must_write] {
            *set &= others;
        }
        let written = node.exits.iter_mut().flat_map(|exits| &mut exits.written_at);
        written.for_each(|written| *written &= others);
    }
    let written = nodes[subgraph].exits.iter_mut().map(|exits| &mut exits.written_at[rng.usize(0..=EXITS)]);
    written.for_each(|written| *written |= field);
    nodes[subgraph].may_write |= field;
    let ways = &shape.nodes[subgraph];
    if let Some(target) = ways[rng.usize(0..ways.len())].targets.first() {
        nodes[target.node].reads |= field;
    }
}

/// What a node reads and writes. Half of those with a choice are subgraphs that write more at some of their exits, and
/// the choice is by exit.
fn access(rng: &mut Rng, careful: bool, ways: &mut [Alternative]) -> Access {
    let mut some =
        |one_in: usize| (0..FIELDS).filter(|_| rng.usize(0..one_in) == 0).fold(0_u8, |bits, field| bits | 1 << field);
    let scarce = if careful { 10 } else { 4 };
    let must_write = some(if careful { 3 } else { 4 });
    let (reads, routes_by, may_write) = (some(scarce), some(scarce * 2), must_write | some(8));
    let node = Access { reads, routes_by, may_write, must_write, exits: None };
    if ways.len() < 2 || rng.bool() {
        return node;
    }
    let mut written_at = [must_write; EXITS + 1];
    written_at.iter_mut().for_each(|written| *written |= u8::from(rng.usize(0..3) == 0) << rng.usize(0..FIELDS));
    // An arm may have two alternatives.
    let alternatives = if ways.len() > 2 { 2 } else { 1 };
    let last = (ways.len() - 1) / alternatives;
    let mut arms = [0; EXITS + 1].map(|_: u64| 1 << rng.usize(0..=last));
    if rng.usize(0..3) == 0 {
        // With a guard, an exit can take several.
        arms[rng.usize(0..=EXITS)] |= 1 << rng.usize(0..=last);
    }
    for arm in 0..=last {
        if arms.iter().all(|arms| arms >> arm & 1 == 0) {
            arms[rng.usize(0..=EXITS)] |= 1 << arm;
        }
    }
    ways.iter_mut().enumerate().for_each(|(index, way)| way.arms = vec![index / alternatives]);
    let sure = written_at.iter().fold(u8::MAX, |sure, written| sure & written);
    let any = written_at.iter().fold(0, |any, written| any | written);
    Access { may_write: may_write | any, must_write: sure, exits: Some(Exits { written_at, arms }), ..node }
}
