//! Which nodes meet themselves: the analysis finds exactly these, the coarse one at least these.

use std::collections::BTreeSet;

use fastrand::Rng;
use graph_shape::{Shape, meetings};

use crate::generate;
use crate::graph::Analysis;
use crate::lineage::met_in_truth;
use crate::planted;

/// The number of random graphs of each form.
const GRAPHS: usize = 250;
/// Graphs with more stories are skipped.
const STORIES: usize = 250;

/// Of the graphs in which nothing meets itself, the number of those refused.
#[derive(Default)]
struct Count {
    tried: usize,
    clean: usize,
    refused: usize,
}

/// Calls `judge` with random shapes, half of any form and half of parallel branches, and the nodes that meet themselves
/// in truth; a failure reports the seed of the shape.
fn on_random_shapes(mut judge: impl FnMut(&Shape, &BTreeSet<usize>) -> Result<(), String>) -> Result<(), String> {
    // `ANALYSIS_SEED` repeats a run.
    let seed =
        std::env::var("ANALYSIS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    println!("ANALYSIS_SEED={seed}");
    let mut rng = Rng::with_seed(seed);
    let (mut tried, mut clean) = (0, 0);
    for number in 0..2 * GRAPHS {
        let graph = if number % 2 == 0 { generate::graph(&mut rng) } else { generate::branches(&mut rng) };
        let Some(mut truth) = met_in_truth(&graph.shape, STORIES) else { continue };
        truth.retain(|node| !graph.shape.repeated.contains(node));
        let wrong = |wrong| format!("seed {seed}, graph {number}: {wrong}, but in truth {truth:?}: {:#?}", graph.shape);
        judge(&graph.shape, &truth).map_err(wrong)?;
        tried += 1;
        clean += usize::from(truth.is_empty());
    }
    assert!(tried > GRAPHS && clean > GRAPHS / 4 && clean < tried * 19 / 20, "too few graphs: {tried}, {clean}");
    Ok(())
}

/// None may be missed.
fn is_sound(found: &BTreeSet<usize>, truth: &BTreeSet<usize>) -> Result<(), String> {
    if truth.is_subset(found) { Ok(()) } else { Err(format!("{found:?}")) }
}

fn found(analysis: Analysis, shape: &Shape) -> BTreeSet<usize> {
    meetings(shape, &analysis.of(shape)).into_iter().map(|meeting| meeting.node).collect()
}

#[test]
fn no_accepted_graph_runs_a_node_twice_for_want_of_a_join() {
    // The coarse analysis is for graphs that are too wide to explore; how much it refuses is printed, not asserted.
    let analyses = [(Analysis::Chosen, 0.03), (Analysis::Branches, 0.03), (Analysis::Coarse, 1.0)];
    let mut counts = analyses.map(|_| Count::default());
    let held = on_random_shapes(|shape, truth| {
        for ((analysis, _), count) in analyses.iter().zip(&mut counts) {
            let found = found(*analysis, shape);
            is_sound(&found, truth).map_err(|wrong| format!("{analysis:?}: {wrong}"))?;
            count.tried += 1;
            count.clean += usize::from(truth.is_empty());
            count.refused += usize::from(truth.is_empty() && !found.is_empty());
        }
        Ok(())
    });
    held.unwrap_or_else(|wrong| panic!("{wrong}"));
    for ((analysis, limit), Count { tried, clean, refused }) in analyses.iter().zip(counts) {
        let rate = refused as f64 / clean as f64;
        println!(
            "{analysis:?}: {tried} graphs, {clean} without a meeting, {refused} of these refused ({:.1} %)",
            100.0 * rate
        );
        assert!(rate <= *limit, "{analysis:?}");
    }
}

#[test]
fn planted_bugs_are_found() {
    let caught = |judge: &dyn Fn(&Shape) -> BTreeSet<usize>| {
        planted::is_found(|| on_random_shapes(|shape, truth| is_sound(&judge(shape), truth)))
    };
    let on = |change: fn(&mut Shape)| {
        move |shape: &Shape| {
            let mut shape = shape.clone();
            change(&mut shape);
            found(Analysis::Chosen, &shape)
        }
    };
    // Takes each alternative of a router to be the first.
    assert!(caught(&on(|shape| shape.nodes.iter_mut().for_each(|ways| ways.truncate(1)))));
    // Lets deferred nodes be.
    assert!(caught(&on(|shape| {
        let deferred = std::mem::take(&mut shape.deferred);
        deferred.iter().for_each(|node| shape.nodes[*node].clear());
    })));
    // Leaves out the joins.
    assert!(caught(&on(|shape| shape.joins.clear())));
    // Takes a node that is meant to run for each for one that ends its branch.
    assert!(caught(&on(|shape| {
        let repeated = std::mem::take(&mut shape.repeated);
        repeated.iter().for_each(|node| shape.nodes[*node].clear());
        shape.repeated = repeated;
    })));
    // Looks at plain edges only.
    let plain = |shape: &Shape| {
        let mut found = found(Analysis::Chosen, shape);
        found.retain(|node| {
            shape
                .nodes
                .iter()
                .filter(|ways| ways.len() == 1)
                .flatten()
                .any(|way| way.targets.iter().any(|target| target.node == *node))
        });
        found
    };
    assert!(caught(&plain));
}
