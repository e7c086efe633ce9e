//! A super-step: all tasks read the state before it, and all their updates are in the state after it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use graph_core::prelude::*;
use tokio::time::sleep;

use crate::kit::{Line, Log, given, items, line};

#[node]
fn first(_: &Log) -> Line {
    line("first")
}

/// Waits before and after reading, so that it would see its siblings' updates if they were there.
#[node]
async fn slow(state: &Log) -> Line {
    sleep(Duration::from_millis(30)).await;
    let seen = state.log.join(",");
    line(format!("slow saw {seen}"))
}

#[node]
async fn quick(state: &Log) -> Line {
    sleep(Duration::from_millis(10)).await;
    let seen = state.log.join(",");
    line(format!("quick saw {seen}"))
}

#[node]
fn last(_: &Log) -> Line {
    line("last")
}

#[node]
fn never(_: &Log) -> Line {
    line("never")
}

/// How often the router of `quick` ran.
static ASKED: AtomicUsize = AtomicUsize::new(0);

graph! {
    Siblings<Log> {
        START -> first -> [slow, quick];
        quick -> |Log { log, .. }| {
            ASKED.fetch_add(1, Ordering::SeqCst);
            // The router of `quick` also sees the update of `slow`.
            if log.iter().any(|line| line.starts_with("slow saw")) { last } else { never }
        };
        slow -> END;
        last -> END;
        never -> END;
    }
}

const MERGED: [&str; 5] = ["in", "first", "quick saw in,first", "slow saw in,first", "last"];

#[tokio::test(start_paused = true)]
async fn tasks_read_the_state_before_their_step_and_are_applied_by_node_name() {
    let state = Siblings::new().run(given("in")).await.unwrap();
    assert_eq!(state.log, MERGED);
}

#[tokio::test(start_paused = true)]
async fn updates_are_streamed_as_tasks_end_and_values_as_steps_end() {
    let nodes: Vec<_> =
        items(Siblings::new().run(given("in")).updates()).await.iter().map(|u| u.node().name()).collect();
    assert_eq!(nodes, ["first", "quick", "slow", "last"]);
    let lengths: Vec<_> = items(Siblings::new().run(given("in")).values()).await.iter().map(|s| s.log.len()).collect();
    assert_eq!(lengths, [1, 2, 4, 5]);
}

#[tokio::test(start_paused = true)]
async fn a_router_sees_the_writes_of_its_siblings() {
    let state = Siblings::new().run(given("in")).await.unwrap();
    assert_eq!(state.log.last().map(String::as_str), Some("last"));
    assert!(ASKED.load(Ordering::SeqCst) > 0);
}

mod dedup {
    use super::*;

    #[node]
    fn left(_: &Log) -> Line {
        line("left")
    }

    #[node]
    fn right(_: &Log) -> Line {
        line("right")
    }

    #[node]
    fn routed(_: &Log) -> Line {
        line("routed")
    }

    graph! {
        Diamond<Log> {
            START -> [left, right, routed];
            left -> last;
            right -> last;
            routed -> |Log { log, .. }| if log.is_empty() { END } else { last };
            last -> END;
        }
    }

    #[tokio::test]
    async fn a_node_that_several_edges_and_a_router_lead_to_runs_once() {
        let state = Diamond::new().run(given("in")).await.unwrap();
        assert_eq!(state.log, ["in", "left", "right", "routed", "last"]);
    }
}
