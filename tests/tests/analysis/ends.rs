//! The fields written when a run ends: those that a subgraph always writes, for its parent graph.

use fastrand::Rng;

use crate::generate;
use crate::graph::{Analysis, FIELDS, Graph, written_at_end, written_at_end_changed};
use crate::simulate::written_at_every_end;

/// The number of random graphs.
const GRAPHS: usize = 300;
/// Graphs with more standings are skipped.
const STANDINGS: usize = 150;
/// Every field: the answer for a run that never ends.
const ALL: u8 = (1 << FIELDS) - 1;

/// Compares the answers of analyses for random graphs with brute force: they must never include too much; counts how
/// often each includes too little.
fn less_than_the_truth<const N: usize>(claims: [&dyn Fn(&Graph) -> u8; N]) -> Result<[usize; N], String> {
    // `ANALYSIS_SEED` repeats a run.
    let seed =
        std::env::var("ANALYSIS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    println!("ANALYSIS_SEED={seed}");
    let mut rng = Rng::with_seed(seed);
    let (mut tried, mut written, mut less) = (0, 0, [0; N]);
    for number in 0..GRAPHS {
        let graph = if number % 2 == 0 { generate::graph(&mut rng) } else { generate::branches(&mut rng) };
        let Some(truth) = written_at_every_end(&graph, STANDINGS) else { continue };
        let truth = truth & ALL;
        tried += 1;
        written += usize::from(truth != 0);
        for (claim, less) in claims.iter().zip(&mut less) {
            let claimed = claim(&graph);
            *less += usize::from(claimed != truth);
            if claimed & !truth != 0 {
                return Err(format!("seed {seed}, graph {number}: {claimed:b}, but in truth {truth:b}: {graph:#?}"));
            }
        }
    }
    assert!(tried > GRAPHS / 2 && written > GRAPHS / 10, "too few graphs: {tried} {written}");
    Ok(less)
}

#[test]
fn what_is_written_at_the_end_is_written_on_every_way_there() {
    let claim = |analysis| move |graph: &Graph| written_at_end(graph, analysis);
    let (chosen, branches, coarse) = (claim(Analysis::Chosen), claim(Analysis::Branches), claim(Analysis::Coarse));
    let less = less_than_the_truth([&chosen, &branches, &coarse]).unwrap_or_else(|wrong| panic!("{wrong}"));
    println!("of {GRAPHS} graphs, these write more than is known of them: exact, branches, coarse: {less:?}");
    assert_eq!(less[0], 0, "the exact analysis knows all that there is to know");
    assert!(less[1] * 33 < GRAPHS, "{}", less[1]);
}

/// An analysis that treats every possible write as certain is caught.
#[test]
fn a_planted_bug_is_found() {
    let sure = |graph: &Graph| {
        let mut graph = graph.clone();
        graph.nodes.iter_mut().for_each(|node| node.must_write = node.may_write);
        written_at_end(&graph, Analysis::Chosen)
    };
    assert!(less_than_the_truth([&sure]).is_err());
    // Forgets the ends of branches, so that all is written where these meet.
    let endless = |graph: &Graph| {
        written_at_end_changed(graph, Analysis::Branches, |flow| {
            flow.steps.iter_mut().for_each(|step| step.joins.clear());
        })
    };
    assert!(less_than_the_truth([&endless]).is_err());
}
