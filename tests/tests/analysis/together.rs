//! Which nodes can run together, pair by pair: the exact analysis finds exactly the right pairs, the coarse one at
//! least these.

use std::cell::Cell;
use std::collections::BTreeSet;

use fastrand::Rng;
use graph_shape::{Flow, Shape, branches, explore, pairs};

use crate::generate;
use crate::graph::{Access, Graph};
use crate::planted;
use crate::simulate::{every_standing, starved_in_truth};

/// The number of random graphs.
const GRAPHS: usize = 200;
/// Graphs with more standings are skipped.
const STANDINGS: usize = 200;

type Pairs = BTreeSet<(usize, usize)>;

/// The pairs that run together, by brute force.
fn in_truth(graph: &Graph) -> Option<Pairs> {
    let mut pairs = Pairs::new();
    for standing in every_standing(graph, STANDINGS)? {
        for (index, a) in standing.tasks.iter().enumerate() {
            pairs.extend(standing.tasks[index + 1..].iter().map(|b| (*a, *b)));
        }
    }
    Some(pairs)
}

fn found(flow: &Flow, count: usize) -> Pairs {
    let all = (0..count).flat_map(|a| (a..count).map(move |b| (a, b)));
    all.filter(|(a, b)| flow.can_run_together(*a, *b)).collect()
}

/// Calls `judge` with random shapes and their pairs; returns its first complaint, with the seed that reproduces it.
fn on_random_shapes(mut judge: impl FnMut(&Shape, &Pairs) -> Result<(), String>) -> Result<(), String> {
    let seed =
        std::env::var("ANALYSIS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    println!("ANALYSIS_SEED={seed}");
    let mut rng = Rng::with_seed(seed);
    let (mut tried, mut deferring) = (0, 0);
    for number in 0..GRAPHS {
        let mut graph = if number % 2 == 0 { generate::graph(&mut rng) } else { generate::branches(&mut rng) };
        graph.nodes.fill(Access { reads: 0, routes_by: 0, may_write: 0, must_write: 0, exits: None });
        let Some(truth) = in_truth(&graph) else { continue };
        judge(&graph.shape, &truth).map_err(|wrong| format!("seed {seed}, graph {number}: {wrong}: {graph:#?}"))?;
        tried += 1;
        deferring += usize::from(!graph.shape.deferred.is_empty());
    }
    assert!(tried > GRAPHS / 2 && deferring > GRAPHS / 5, "too few graphs: {tried}, {deferring} of them with `defer`");
    Ok(())
}

fn is_exact(shape: &Shape, truth: &Pairs) -> Result<(), String> {
    let Some(flow) = explore(shape, STANDINGS) else { return Ok(()) };
    let found = found(&flow, shape.nodes.len());
    if found == *truth { Ok(()) } else { Err(format!("{found:?}, but in truth {truth:?}")) }
}

fn is_sound(shape: &Shape, truth: &Pairs) -> Result<(), String> {
    let found = found(&pairs(shape), shape.nodes.len());
    if found.is_superset(truth) { Ok(()) } else { Err(format!("{found:?}, but in truth {truth:?}")) }
}

#[test]
fn the_exact_analysis_finds_what_runs_together_and_nothing_else() {
    on_random_shapes(is_exact).unwrap_or_else(|wrong| panic!("{wrong}"));
}

#[test]
fn the_coarse_analysis_finds_all_that_runs_together() {
    on_random_shapes(is_sound).unwrap_or_else(|wrong| panic!("{wrong}"));
}

#[test]
fn branches_explored_apart_run_together_as_they_do_in_one() {
    let (pairs, more) = (Cell::new(0), Cell::new(0));
    let judge = |shape: &Shape, truth: &Pairs| {
        let flow = branches(shape, Flow::LIMIT_OF_BRANCHES).ok_or("too many super-steps")?;
        let found = found(&flow, shape.nodes.len());
        pairs.set(pairs.get() + truth.len());
        more.set(more.get() + found.len().saturating_sub(truth.len()));
        if found.is_superset(truth) { Ok(()) } else { Err(format!("{found:?}")) }
    };
    on_random_shapes(judge).unwrap_or_else(|wrong| panic!("{wrong}"));
    let (pairs, more) = (pairs.get(), more.get());
    println!("branches: {pairs} pairs run together, and {more} more are taken to");
    assert!(more * 33 < pairs, "{more} of {pairs}");
}

/// Which joins wait forever.
#[test]
fn the_joins_that_starve_are_found_with_branches_apart_too() {
    let judge = |shape: &Shape, _: &Pairs| {
        let access = Access { reads: 0, routes_by: 0, may_write: 0, must_write: 0, exits: None };
        let graph = Graph { shape: shape.clone(), nodes: vec![access; shape.nodes.len()] };
        let truth = starved_in_truth(&graph, STANDINGS).ok_or("too many standings")?;
        for flow in [explore(shape, STANDINGS), branches(shape, Flow::LIMIT_OF_BRANCHES)].into_iter().flatten() {
            let found: BTreeSet<usize> = flow.starved.iter().map(|starved| starved.join).collect();
            if found != truth {
                return Err(format!("{found:?} starve by {:?}, in truth {truth:?}", flow.precision));
            }
        }
        Ok(())
    };
    on_random_shapes(judge).unwrap_or_else(|wrong| panic!("{wrong}"));
    // With a source that never runs, a join starves.
    let mut seen = 0;
    let short = |shape: &Shape, _: &Pairs| {
        seen += usize::from(branches(shape, Flow::LIMIT_OF_BRANCHES).is_some_and(|flow| !flow.starved.is_empty()));
        Ok(())
    };
    on_random_shapes(short).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(seen > GRAPHS / 20, "{seen}");
}

#[test]
fn planted_bugs_are_found() {
    // Lets a deferred node run at once.
    let undeferred = |shape: &Shape| Shape { deferred: Vec::new(), ..shape.clone() };
    // Drops all but one of several deferred nodes.
    let forgets_one =
        |shape: &Shape| Shape { deferred: shape.deferred.iter().copied().skip(1).collect(), ..shape.clone() };
    // Treats a join as edges.
    let no_joins = |shape: &Shape| {
        let mut shape = shape.clone();
        for join in std::mem::take(&mut shape.joins) {
            for source in join.sources {
                shape.nodes[source].push(graph_shape::Alternative::of(&join.targets));
            }
        }
        shape
    };
    // Takes branches for alternatives, so that they never run together.
    let alone = |shape: &Shape, truth: &Pairs| {
        let mut flow = branches(shape, Flow::LIMIT_OF_BRANCHES).ok_or("too many super-steps")?;
        flow.parallel.clear();
        let found = found(&flow, shape.nodes.len());
        if found.is_superset(truth) { Ok(()) } else { Err(format!("{found:?}")) }
    };
    assert!(planted::is_found(|| on_random_shapes(alone)));
    // Lets branches begin one step too late.
    let late = |shape: &Shape, truth: &Pairs| {
        let mut flow = branches(shape, Flow::LIMIT_OF_BRANCHES).ok_or("too many super-steps")?;
        let firsts = flow.parallel.iter_mut().filter_map(|parallel| parallel.branches.first_mut());
        firsts.flatten().for_each(|(_, when)| *when <<= 1);
        let found = found(&flow, shape.nodes.len());
        if found.is_superset(truth) { Ok(()) } else { Err(format!("{found:?}")) }
    };
    assert!(planted::is_found(|| on_random_shapes(late)));
    let caught = |change: &dyn Fn(&Shape) -> Shape| {
        planted::is_found(|| on_random_shapes(|shape, truth| is_exact(&change(shape), truth)))
    };
    assert!(caught(&undeferred));
    assert!(caught(&forgets_one));
    assert!(caught(&no_joins));
}
