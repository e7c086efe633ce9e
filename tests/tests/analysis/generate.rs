//! Random graphs.

use fastrand::Rng;
use graph_shape::{Alternative, Join, Shape, Target};

use crate::graph::{Access, FIELDS, Graph};

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
            joins.push(Join { sources, targets: vec![rng.usize(0..count)] });
        }
    }
    let waits = |node| joins.iter().any(|join: &Join| join.sources.contains(&node));
    let nodes = (0..count).map(|node| if waits(node) && rng.bool() { Vec::new() } else { exits(rng, count) }).collect();
    let mut shape = Shape { start: exits(rng, count), nodes, joins, ..Shape::default() };
    if rng.bool() {
        defer(rng, &mut shape);
    }
    shape.repeated = (0..count).filter(|_| rng.usize(0..8) == 0).collect();
    let nodes = (0..count).map(|_| access(rng, careful)).collect();
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
    let exit = targets.is_empty() && rng.usize(0..4) == 0;
    Alternative { targets, exit }
}

/// A random graph in the form that people write: two or three branches out of START or of a node, each of one to three
/// nodes with routers, loops and `for` edges of its own; all of them end at END, at a deferred node, or at a join;
/// behind it the graph ends or goes round once more. In one of three, one more edge leads anywhere, so that the branches
/// may not be independent; in one of eight, a node is marked `each`.
pub(crate) fn branches(rng: &mut Rng) -> Graph {
    let (careful, from_start) = (rng.bool(), rng.bool());
    // 0 is the fork, 1 the node behind the branches.
    let mut shape = Shape { nodes: vec![Vec::new(), vec![Alternative::of(&[])]], ..Shape::default() };
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
        shape.joins.push(Join { sources: lasts, targets: vec![1] });
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
    let nodes = shape.nodes.iter().map(|_| access(rng, careful)).collect();
    Graph { shape, nodes }
}

fn access(rng: &mut Rng, careful: bool) -> Access {
    let mut some =
        |one_in: usize| (0..FIELDS).filter(|_| rng.usize(0..one_in) == 0).fold(0_u8, |bits, field| bits | 1 << field);
    let scarce = if careful { 10 } else { 4 };
    let must_write = some(if careful { 3 } else { 4 });
    Access { reads: some(scarce), routes_by: some(scarce * 2), may_write: must_write | some(8), must_write }
}
