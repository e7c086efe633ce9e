//! The fields written when a run ends, by each of its exits: those that a subgraph always writes, for its parent graph.

use fastrand::Rng;

use crate::generate;
use crate::graph::{Analysis, EXITS, FIELDS, Graph, Written, written_at_end, written_at_end_changed};
use crate::planted;
use crate::simulate::written_at_every_end;

/// The number of random graphs.
const GRAPHS: usize = 400;
/// Graphs with more standings are skipped.
const STANDINGS: usize = 150;
/// Every field: the answer for a run that never ends.
const ALL: u8 = (1 << FIELDS) - 1;

/// How often an analysis knows too little.
#[derive(Clone, Copy, Debug, Default)]
struct Less {
    /// Of the graph, by whatever exit.
    graphs: usize,
    /// Of an end that some run comes to.
    ends: usize,
}

/// Compares the answers of analyses for random graphs with brute force: they must never include too much; counts how
/// often each includes too little, and the ends that were compared.
fn less_than_the_truth<const N: usize>(claims: [&dyn Fn(&Graph) -> Written; N]) -> Result<([Less; N], usize), String> {
    // `ANALYSIS_SEED` repeats a run.
    let seed =
        std::env::var("ANALYSIS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    println!("ANALYSIS_SEED={seed}");
    let mut rng = Rng::with_seed(seed);
    let (mut tried, mut written, mut ends, mut more, mut less) = (0, 0, 0, 0, [Less::default(); N]);
    for number in 0..GRAPHS {
        let graph = if number % 2 == 0 { generate::graph(&mut rng) } else { generate::branches(&mut rng) };
        let Some(truth) = written_at_every_end(&graph, STANDINGS) else { continue };
        tried += 1;
        written += usize::from(truth[0] & ALL != 0);
        let reached = |end: &usize| truth[*end] != u8::MAX;
        ends += (1..EXITS + 2).filter(reached).count();
        more += (1..EXITS + 2).filter(reached).filter(|end| truth[*end] != truth[0]).count();
        for (claim, less) in claims.iter().zip(&mut less) {
            let claimed = claim(&graph);
            less.graphs += usize::from(claimed[0] != truth[0] & ALL);
            less.ends += (1..EXITS + 2).filter(reached).filter(|end| claimed[*end] != truth[*end]).count();
            if let Some(end) = (0..EXITS + 2).find(|end| claimed[*end] & !truth[*end] != 0) {
                let (claimed, truth) = (claimed[end], truth[end]);
                let message = format!("end {end}: {claimed:b}, but in truth {truth:b}: {graph:#?}");
                return Err(format!("seed {seed}, graph {number}, {message}"));
            }
        }
    }
    assert!(tried > GRAPHS / 2 && written > GRAPHS / 10, "too few graphs: {tried} {written}");
    assert!(more > GRAPHS / 20, "too few ends at which more is written than at others: {more}");
    Ok((less, ends))
}

#[test]
fn what_is_written_at_an_end_is_written_on_every_way_there() {
    let claim = |analysis| move |graph: &Graph| written_at_end(graph, analysis);
    let (chosen, branches, coarse) = (claim(Analysis::Chosen), claim(Analysis::Branches), claim(Analysis::Coarse));
    let blind = |graph: &Graph| {
        let mut graph = graph.clone();
        graph.shape.nodes.iter_mut().flatten().for_each(|way| way.arms.clear());
        written_at_end(&graph, Analysis::Chosen)
    };
    let claims = less_than_the_truth([&chosen, &branches, &coarse, &blind]);
    let (less, ends) = claims.unwrap_or_else(|wrong| panic!("{wrong}"));
    for (analysis, Less { graphs, ends: less }) in
        ["exact", "branches", "coarse", "exact, blind to arms"].iter().zip(less)
    {
        println!("{analysis}: {graphs} of {GRAPHS} graphs and {less} of {ends} ends have more written than is known");
    }
    assert_eq!((less[0].graphs, less[0].ends), (0, 0), "the exact analysis knows all that there is to know");
    // Of an exit inside a branch it is not known what the other branches have written by then.
    assert!(less[1].graphs * 8 < GRAPHS && less[1].ends * 8 < ends, "{:?} of {ends}", less[1]);
    assert!(less[3].ends > less[0].ends, "no graph in which it matters which arm was taken");
}

/// Each is caught, or the proof proves nothing.
#[test]
fn planted_bugs_are_found() {
    let caught = |claim: &dyn Fn(&Graph) -> Written| planted::is_found(|| less_than_the_truth([claim]));
    // Treats every possible write as certain.
    assert!(caught(&|graph| {
        let mut graph = graph.clone();
        graph.nodes.iter_mut().for_each(|node| node.must_write = node.may_write);
        written_at_end(&graph, Analysis::Chosen)
    }));
    // Forgets the ends of branches, so that all is written where these meet.
    assert!(caught(&|graph| {
        written_at_end_changed(graph, Analysis::Branches, |flow| {
            flow.steps.iter_mut().for_each(|step| step.joins.clear());
        })
    }));
    // Takes one exit for another.
    assert!(caught(&|graph| {
        let mut written = written_at_end(graph, Analysis::Chosen);
        written[1..].rotate_left(1);
        written
    }));
    for analysis in [Analysis::Chosen, Analysis::Branches] {
        // Forgets that several exits can take an arm.
        assert!(caught(&|graph| {
            let mut graph = graph.clone();
            for exits in graph.nodes.iter_mut().filter_map(|node| node.exits.as_mut()) {
                let mut known = 0;
                exits.arms.iter_mut().for_each(|arms| (*arms, known) = (*arms & !known, known | *arms));
            }
            written_at_end(&graph, analysis)
        }));
        // Mistakes the arm before a super-step.
        assert!(caught(&|graph| {
            written_at_end_changed(graph, analysis, |flow| {
                flow.steps.iter_mut().flat_map(|step| &mut step.taken).for_each(|(_, arm)| *arm ^= 1);
            })
        }));
        // Mistakes the arm before an end.
        assert!(caught(&|graph| {
            written_at_end_changed(graph, analysis, |flow| {
                let ends = flow.steps.iter_mut().flat_map(|step| &mut step.ends);
                ends.flat_map(|end| &mut end.taken).for_each(|(_, arm)| *arm ^= 1);
            })
        }));
    }
}
