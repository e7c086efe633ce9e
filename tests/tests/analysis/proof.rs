//! Soundness and precision, on random graphs.

use fastrand::Rng;
use graph_shape::{Alternative, Join, Shape};

use crate::generate;
use crate::graph::{Access, Analysis, Graph, Verdict, analyse, analyse_changed};
use crate::planted;
use crate::simulate::brute_force;

/// The number of random graphs.
const GRAPHS: usize = 600;
/// Graphs with more standings are skipped.
const STANDINGS: usize = 300;

struct Count {
    tried: usize,
    clean: usize,
    rejected: usize,
}

/// Compares a verdict with brute force on random graphs; a failure reports the seed of the graph.
fn hold_against_brute_force(judge: impl Fn(&Graph) -> Verdict) -> Result<Count, String> {
    // `ANALYSIS_SEED` repeats a run.
    let seed =
        std::env::var("ANALYSIS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    println!("ANALYSIS_SEED={seed}");
    let mut rng = Rng::with_seed(seed);
    let mut count = Count { tried: 0, clean: 0, rejected: 0 };
    for number in 0..GRAPHS {
        let graph = if number % 2 == 0 { generate::graph(&mut rng) } else { generate::branches(&mut rng) };
        let Some(truth) = brute_force(&graph, STANDINGS) else { continue };
        let verdict = judge(&graph);
        count.tried += 1;
        let missed = (truth.races && !verdict.races) || (truth.reads_unwritten && !verdict.reads_unwritten);
        if missed {
            return Err(format!("seed {seed}, graph {number}: {verdict:?}, but in truth {truth:?}: {graph:#?}"));
        }
        if truth.is_clean() {
            count.clean += 1;
            count.rejected += usize::from(!verdict.is_clean());
        }
    }
    assert!(count.tried > GRAPHS / 2 && count.clean > GRAPHS / 20, "too few graphs: {} {}", count.tried, count.clean);
    Ok(count)
}

fn report(analysis: &str, count: &Count) -> f64 {
    let rate = count.rejected as f64 / count.clean as f64;
    println!(
        "{analysis}: {} graphs, {} of them clean, {} of those rejected ({:.1} %)",
        count.tried,
        count.clean,
        count.rejected,
        100.0 * rate
    );
    rate
}

#[test]
fn what_is_accepted_never_races_and_never_reads_an_unwritten_field() {
    let count =
        hold_against_brute_force(|graph| analyse(graph, Analysis::Chosen)).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(report("exact", &count) < 0.03);
}

#[test]
fn nor_where_no_arm_of_a_router_is_told_from_another() {
    let blind = |graph: &Graph| {
        let mut graph = graph.clone();
        graph.shape.nodes.iter_mut().flatten().for_each(|way| way.arms.clear());
        analyse(&graph, Analysis::Chosen)
    };
    let count = hold_against_brute_force(blind).unwrap_or_else(|wrong| panic!("{wrong}"));
    // How much is rejected that is written behind some exits only is printed, not asserted.
    report("exact, blind to arms", &count);
}

#[test]
fn nor_where_branches_are_explored_apart() {
    let count =
        hold_against_brute_force(|graph| analyse(graph, Analysis::Branches)).unwrap_or_else(|wrong| panic!("{wrong}"));
    // What a branch reads that only another has written counts as unwritten: this is for graphs too large to be exact.
    assert!(report("branches", &count) < 0.10);
}

#[test]
fn the_coarse_analysis_is_sound_too() {
    let count =
        hold_against_brute_force(|graph| analyse(graph, Analysis::Coarse)).unwrap_or_else(|wrong| panic!("{wrong}"));
    // It is used for graphs that are too wide to explore; how much it rejects is printed, not asserted.
    report("coarse", &count);
}

/// A checker with planted bugs must be caught, or the proof proves nothing.
#[test]
fn planted_bugs_are_found() {
    let blind_to_races = |graph: &Graph| Verdict { races: false, ..analyse(graph, Analysis::Chosen) };
    let blind_to_reads = |graph: &Graph| Verdict { reads_unwritten: false, ..analyse(graph, Analysis::Chosen) };
    // Ignores that a `for` edge may have no items, or several.
    let one_item = |graph: &Graph| {
        let mut graph = graph.clone();
        let shape = &mut graph.shape;
        let targets = shape.start.iter_mut().chain(shape.nodes.iter_mut().flatten()).flat_map(|way| &mut way.targets);
        targets.for_each(|target| target.each = false);
        analyse(&graph, Analysis::Chosen)
    };
    // Treats every possible write as certain.
    let sure_writes = |graph: &Graph| {
        let mut graph = graph.clone();
        graph.nodes.iter_mut().for_each(|node| node.must_write = node.may_write);
        analyse(&graph, Analysis::Chosen)
    };
    // Takes each branch to run alone.
    let alone = |graph: &Graph| analyse_changed(graph, Analysis::Branches, |flow| flow.parallel.clear());
    // Forgets that several exits of a subgraph can take one arm.
    let one_exit = |graph: &Graph| {
        let mut graph = graph.clone();
        for exits in graph.nodes.iter_mut().filter_map(|node| node.exits.as_mut()) {
            let mut known = 0;
            exits.arms.iter_mut().for_each(|arms| (*arms, known) = (*arms & !known, known | *arms));
        }
        analyse(&graph, Analysis::Chosen)
    };
    // Mistakes the arm that was taken.
    let another_arm = |graph: &Graph| {
        analyse_changed(graph, Analysis::Chosen, |flow| {
            flow.steps.iter_mut().flat_map(|step| &mut step.taken).for_each(|(_, arm)| *arm ^= 1);
        })
    };
    assert!(planted::is_found(|| hold_against_brute_force(one_exit)));
    assert!(planted::is_found(|| hold_against_brute_force(another_arm)));
    assert!(planted::is_found(|| hold_against_brute_force(alone)));
    assert!(planted::is_found(|| hold_against_brute_force(blind_to_races)));
    assert!(planted::is_found(|| hold_against_brute_force(blind_to_reads)));
    assert!(planted::is_found(|| hold_against_brute_force(one_item)));
    assert!(planted::is_found(|| hold_against_brute_force(sure_writes)));
}

#[test]
fn a_diamond_in_a_diamond_is_clean() {
    // START -> 0 -> [1, 2]; 1 -> [3, 4]; [3, 4] -> 5; [5, 2] -> 6: each writes its own field, 6 reads them.
    let access = |reads, must_write| Access { reads, routes_by: 0, may_write: must_write, must_write, exits: None };
    let join = |sources: &[usize], target| Join { sources: sources.to_vec(), targets: vec![target], exit: None };
    let graph = Graph {
        shape: Shape {
            start: vec![Alternative::of(&[0])],
            nodes: vec![
                vec![Alternative::of(&[1, 2])],
                vec![Alternative::of(&[3, 4])],
                vec![],
                vec![],
                vec![],
                vec![],
                vec![Alternative::of(&[])],
            ],
            joins: vec![join(&[3, 4], 5), join(&[5, 2], 6)],
            ..Shape::default()
        },
        nodes: vec![
            access(0, 1),
            access(1, 0),
            access(1, 2),
            access(1, 4),
            access(1, 8),
            access(1 | 4 | 8, 16),
            access(31, 0),
        ],
    };
    assert!(analyse(&graph, Analysis::Chosen).is_clean() && analyse(&graph, Analysis::Coarse).is_clean());
    assert!(brute_force(&graph, 100).is_some_and(Verdict::is_clean));
}
