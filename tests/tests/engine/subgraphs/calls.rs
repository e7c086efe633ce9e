//! Graphs that a node runs itself: cancelled and failing, like subgraph nodes.

use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;
use graph_core::run::{TaskState, kind};
use tokio::time::sleep;

use crate::kit::{Gauge, Line, Log, given, items, line, nothing, read};

/// Does as the first line says.
#[node]
async fn acts(Log { log }: &Log, cx: &Context<Inner>) -> NodeResult<Line> {
    let _inside = cx.deps().enter();
    match log[0].as_str() {
        "fail" => return Err(NodeError::msg("told to")),
        "wait" => sleep(Duration::from_hours(1)).await,
        _ => {}
    }
    Ok(line("acted"))
}

graph! {
    Inner<Log, Gauge> {
        START -> acts -> END;
    }
}

/// Runs two at once, and continues if one of them fails.
#[node]
async fn calls(Log { log }: &Log, cx: &Context<Caller>) -> NodeResult<Line> {
    let inner = || Inner::new(cx.deps().clone());
    let (first, second) =
        tokio::join!(inner().run(given(&log[0])).as_child_of(cx), inner().run(given("well")).as_child_of(cx));
    let second = second?.log.concat();
    Ok(line(first.map_or_else(|error| error.to_string(), |state| state.log.concat()) + " " + &second))
}

#[node]
async fn waits_for(_: &Log, cx: &Context<Caller>) -> NodeResult<Line> {
    let run = Inner::new(cx.deps().clone()).run(given("wait")).as_child_of(cx);
    Ok(match tokio::time::timeout(Duration::from_secs(5), run).await {
        Ok(state) => line(state?.log.concat()),
        Err(_) => line("too long"),
    })
}

graph! {
    Caller<Log, Gauge> {
        calls Inner;

        START -> |Log { log, .. }| if log.is_empty() { waits_for } else { calls };
        calls -> END;
        waits_for -> END;
    }
}

type Told = WithSubgraphs<graph_core::run::TaskPart<Caller>, CallerSubgraph<kind::Tasks>>;

/// `0 started`: the states of the task inside each call; of the node itself, `calls started`.
fn words(told: Vec<Told>) -> Vec<String> {
    fn word<G: Graph>(state: &TaskState<G>) -> &'static str {
        match state {
            TaskState::Started { .. } => "started",
            TaskState::Done(_) => "done",
            TaskState::Failed { .. } => "failed",
            TaskState::Cancelled => "cancelled",
            _ => "other",
        }
    }
    let word = |told: Told| match told {
        WithSubgraphs::Own(task) => format!("{} {}", task.node, word(&task.state)),
        WithSubgraphs::Subgraph(namespace, CallerSubgraph::Inner(task)) => {
            format!("{} {}", namespace.segments()[0].call, word(&task.state))
        }
    };
    told.into_iter().map(word).collect()
}

#[tokio::test(start_paused = true)]
async fn a_node_may_run_two_at_once_and_outlive_the_failure_of_one() {
    let told = items(Caller::new(Gauge::default()).run(given("fail")).subgraphs().tasks()).await;
    assert_eq!(words(told), ["calls started", "0 started", "0 failed", "1 started", "1 done", "calls done"]);
    let log = Caller::new(Gauge::default()).run(given("fail")).await.unwrap().log;
    assert_eq!(log[1], "node `acts` of `Inner` failed in step 1: told to wellacted");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_its_node_drops_ends_its_tasks_and_the_run_goes_on() {
    let gauge = Gauge::default();
    let told = items(Caller::new(gauge.clone()).run(nothing()).subgraphs().tasks()).await;
    assert_eq!(words(told), ["waits_for started", "0 started", "0 cancelled", "waits_for done"]);
    assert_eq!((gauge.entered(), gauge.inside()), (1, 0));
    assert_eq!(Caller::new(gauge).run(nothing()).await.unwrap().log, ["too long"]);
}

#[tokio::test(start_paused = true)]
async fn a_call_is_stopped_with_the_run_around_it() {
    let gauge = Gauge::default();
    let run = Caller::new(gauge.clone()).run(given("wait")).deadline(Duration::from_mins(1));
    let (told, error) = read(run.subgraphs().tasks()).await;
    assert!(matches!(error, Some(Error::Deadline { graph: "Caller", .. })));
    let expected = ["calls started", "0 started", "1 started", "1 done", "0 cancelled", "calls cancelled"];
    assert_eq!(words(told), expected);
    assert_eq!((gauge.entered(), gauge.inside()), (2, 0));
}

mod hasty {
    use super::*;

    graph! {
        Hasty<Log, Gauge> {
            defaults(retry(max_attempts = 2, initial = "1s", jitter = false), timeout = "30s");

            START -> Inner as inner -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_subgraph_that_takes_too_long_is_dropped_and_each_attempt_ends_its_tasks() {
        let gauge = Gauge::default();
        let (told, error) = read(Hasty::new(gauge.clone()).run(given("wait")).subgraphs().tasks()).await;
        let words = told.into_iter().map(|told| match told {
            WithSubgraphs::Own(task) => (None, matches!(task.state, TaskState::Started { .. })),
            WithSubgraphs::Subgraph(namespace, HastySubgraph::Inner(task)) => {
                let is_start = matches!(task.state, TaskState::Started { .. });
                assert!(is_start || matches!(task.state, TaskState::Cancelled));
                (Some(namespace.segments()[0].call), is_start)
            }
        });
        let expected =
            [(None, true), (Some(0), true), (Some(0), false), (Some(1), true), (Some(1), false), (None, false)];
        assert_eq!(words.collect::<Vec<_>>(), expected);
        assert!(matches!(error, Some(Error::Node { graph: "Hasty", node: "inner", attempt: 2, .. })), "{error:?}");
        assert_eq!((gauge.entered(), gauge.inside()), (2, 0));
    }
}
