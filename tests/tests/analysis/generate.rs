//! Random graphs.

use fastrand::Rng;
use graph_shape::{Alternative, Join, Shape, Target};

use crate::graph::{Access, FIELDS, Graph};

/// A random graph of 2 to 7 nodes, with routers, fan-outs, joins, `for` edges and, in half of them, deferred nodes.
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
    let mut shape = Shape { start: exits(rng, count), nodes, joins, deferred: Vec::new() };
    if rng.bool() {
        defer(rng, &mut shape);
    }
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
    Alternative { targets, exit: false }
}

fn access(rng: &mut Rng, careful: bool) -> Access {
    let mut some =
        |one_in: usize| (0..FIELDS).filter(|_| rng.usize(0..one_in) == 0).fold(0_u8, |bits, field| bits | 1 << field);
    let scarce = if careful { 10 } else { 4 };
    let must_write = some(if careful { 3 } else { 4 });
    Access { reads: some(scarce), routes_by: some(scarce * 2), may_write: must_write | some(8), must_write }
}
