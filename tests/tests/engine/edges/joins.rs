//! Joins: a node that waits until all of several others have run.

use std::sync::atomic::{AtomicBool, Ordering};

use graph_core::prelude::*;

use crate::kit::{Line, Log, given, line, nothing};

#[node]
fn left(_: &Log) -> Line {
    line("left")
}

#[node]
fn right(_: &Log) -> Line {
    line("right")
}

#[node]
fn meet(_: &Log) -> Line {
    line("meet")
}

mod rounds {
    use super::*;

    #[node]
    fn again(_: &Log) -> Line {
        line("again")
    }

    graph! {
        Rounds<Log> {
            START -> again -> [left, right];
            [left, right] -> meet;
            meet -> |Log { log, .. }| if log.len() < 12 { again } else { END };
        }
    }

    #[tokio::test]
    async fn a_join_in_a_loop_fires_once_a_round() {
        let state = Rounds::new().run(nothing()).await.unwrap();
        let round = ["again", "left", "right", "meet"];
        assert_eq!(state.log, round.repeat(3));
    }
}

mod unequal {
    use super::*;

    #[node]
    fn longer(_: &Log) -> Line {
        line("longer")
    }

    graph! {
        Unequal<Log> {
            START -> [left, right];
            left -> longer;
            [longer, right] -> meet -> END;
        }
    }

    #[tokio::test]
    async fn branches_of_different_lengths_meet_once() {
        let state = Unequal::new().run(nothing()).await.unwrap();
        assert_eq!(state.log, ["left", "right", "longer", "meet"]);
    }
}

mod one_run {
    use super::*;

    #[derive(Default)]
    struct Fails(AtomicBool);

    #[node]
    fn middle(_: &Log) -> Line {
        line("middle")
    }

    /// Runs in step 3; fails if told to.
    #[node]
    fn further(_: &Log, cx: &Context<OneRun>) -> NodeResult<Line> {
        if cx.deps().0.load(Ordering::SeqCst) { Err(NodeError::msg("told to")) } else { Ok(line("further")) }
    }

    #[node]
    fn detour(_: &Log) -> Line {
        line("detour")
    }

    // `right` runs in step 2, or in step 4 after the detour.
    graph! {
        OneRun<Log, Fails> {
            START -> left -> middle -> further;
            START -> first -> |Log { log, .. }| if log.iter().any(|line| line == "slow") { detour } else { right };
            detour -> detour as longer -> right;
            [further, right] -> meet -> END;
        }
    }

    #[node]
    fn first(_: &Log) -> Line {
        line("first")
    }

    #[tokio::test]
    async fn what_arrived_in_a_run_that_failed_is_not_there_in_the_next_turn() {
        let saver = MemorySaver::new();
        let failing = OneRun::new(Fails(AtomicBool::new(true))).checkpointer(saver.clone());
        failing.thread("t").run(given("quick")).await.unwrap_err();
        // `right` has arrived at the join, `further` has failed.
        let well = OneRun::new(Fails::default()).checkpointer(saver);
        let state = well.thread("t").run(given("slow")).await.unwrap();
        let first_turn = ["quick", "first", "left", "middle", "right"];
        let second_turn = ["slow", "first", "left", "detour", "middle", "further", "detour", "right", "meet"];
        assert_eq!(state.log, [first_turn.as_slice(), second_turn.as_slice()].concat());
    }

    #[tokio::test]
    async fn what_arrived_is_there_when_the_run_is_continued() {
        let saver = MemorySaver::new();
        let failing = OneRun::new(Fails(AtomicBool::new(true))).checkpointer(saver.clone());
        failing.thread("t").run(given("quick")).await.unwrap_err();
        let well = OneRun::new(Fails::default()).checkpointer(saver);
        let state = well.thread("t").continue_run().await.unwrap();
        assert_eq!(state.log, ["quick", "first", "left", "middle", "right", "further", "meet"]);
    }
}
