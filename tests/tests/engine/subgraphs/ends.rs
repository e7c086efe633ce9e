//! Ends of a run while a subgraph is running: whatever the cause, every task in both graphs has one end.

use std::error::Error as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;
use graph_core::run::{TaskState, kind};
use tokio::time::{Instant, sleep, timeout};

use crate::kit::{Gauge, Line, Log, given, items, line, nothing, read};

struct Theatre {
    inside: Gauge,
    tried: AtomicU32,
}

fn theatre() -> Theatre {
    Theatre { inside: Gauge::default(), tried: AtomicU32::new(0) }
}

#[node]
async fn quick(_: &Log) -> Line {
    line("quick")
}

#[node]
async fn long(_: &Log, cx: &Context<Inner>) -> Line {
    let _inside = cx.deps().inside.enter();
    sleep(Duration::from_hours(1)).await;
    line("long")
}

/// Does as the first line says.
#[node]
async fn acts(Log { log }: &Log, cx: &Context<Inner>) -> NodeResult<Line> {
    sleep(Duration::from_secs(1)).await;
    let tried = cx.deps().tried.fetch_add(1, Ordering::SeqCst) + 1;
    match log[0].as_str() {
        "fail" => Err("seven".parse::<u32>().unwrap_err().into()),
        "fail twice" if tried < 3 => Err(NodeError::msg("not yet")),
        "panic" => panic!("at the disco"),
        "wait" => {
            sleep(Duration::from_hours(1)).await;
            Ok(line("waited"))
        }
        _ => Ok(line("acted")),
    }
}

graph! {
    Inner<Log, Theatre> {
        START -> quick -> |Log { log, .. }| if log[0] == "fail twice" || log[0] == "panic" { acts } else { [long, acts] };
        long -> END;
        acts -> END;
    }
}

#[node]
async fn beside(_: &Log) -> Line {
    sleep(Duration::from_hours(1)).await;
    line("beside")
}

graph! {
    Outer<Log, Theatre> {
        START -> [Inner as inner, beside];
        inner -> END;
        beside -> END;
    }
}

fn word<G: Graph>(state: &TaskState<G>) -> String {
    match state {
        TaskState::Started { .. } => "started".to_owned(),
        TaskState::Done(_) => "done".to_owned(),
        TaskState::Failed { error } => format!("failed: {error}"),
        TaskState::Cancelled => "cancelled".to_owned(),
        _ => unreachable!("nothing here is cached"),
    }
}

type Told = WithSubgraphs<graph_core::run::TaskPart<Outer>, OuterSubgraph<kind::Tasks>>;

fn words(told: Vec<Told>) -> Vec<String> {
    let word = |told: Told| match told {
        WithSubgraphs::Own(task) => format!("{} {}", task.node, word(&task.state)),
        WithSubgraphs::Subgraph(_, OuterSubgraph::Inner(task)) => format!("inner/{} {}", task.node, word(&task.state)),
    };
    told.into_iter().map(word).collect()
}

const STARTS: [&str; 6] = [
    "beside started",
    "inner started",
    "inner/quick started",
    "inner/quick done",
    "inner/acts started",
    "inner/long started",
];

/// The starts, and after them these ends.
fn then(ends: &[&str]) -> Vec<String> {
    STARTS.iter().chain(ends).map(|&word| word.to_owned()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_stopped_inside_a_subgraph_ends_all_its_tasks() {
    for by_handle in [false, true] {
        let theatre = theatre();
        let gauge = theatre.inside.clone();
        let mut run = Outer::new(theatre).run(given("wait"));
        if by_handle {
            let handle = run.cancel_handle();
            tokio::spawn(async move {
                sleep(Duration::from_mins(1)).await;
                handle.cancel();
            });
        } else {
            run = run.deadline(Duration::from_mins(1));
        }
        let (told, error) = read(run.subgraphs().tasks()).await;
        match error {
            Some(Error::Cancelled { graph: "Outer" }) if by_handle => {}
            Some(Error::Deadline { graph: "Outer", .. }) if !by_handle => {}
            other => panic!("{other:?}"),
        }
        let expected = then(&["inner/acts cancelled", "inner/long cancelled", "beside cancelled", "inner cancelled"]);
        assert_eq!(words(told), expected);
        assert_eq!((gauge.entered(), gauge.inside()), (1, 0), "what waited inside was dropped");
    }
}

#[tokio::test(start_paused = true)]
async fn dropping_the_stream_drops_what_is_inside() {
    let theatre = theatre();
    let gauge = theatre.inside.clone();
    let mut updates = Outer::new(theatre).run(given("wait")).updates();
    assert!(timeout(Duration::from_mins(1), updates.next()).await.is_err());
    assert_eq!(gauge.inside(), 1);
    drop(updates);
    assert_eq!(gauge.inside(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_node_that_fails_inside_fails_the_node_around_it_and_the_error_names_both() {
    let theatre = theatre();
    let gauge = theatre.inside.clone();
    let (told, error) = read(Outer::new(theatre).run(given("fail")).subgraphs().tasks()).await;
    let inner = "node `acts` of `Inner` failed in step 2: invalid digit found in string";
    let outer = format!("node `inner` of `Outer` failed in step 1: {inner}");
    let expected = then(&[
        &format!("inner/acts failed: {inner}"),
        "inner/long cancelled",
        &format!("inner failed: {outer}"),
        "beside cancelled",
    ]);
    assert_eq!(words(told), expected);
    assert_eq!((gauge.entered(), gauge.inside()), (1, 0));

    let error = error.unwrap();
    assert_eq!(error.to_string(), outer);
    let Error::Node { graph: "Outer", node: "inner", source, .. } = &error else { panic!("{error:?}") };
    let Some(Error::Node { graph: "Inner", node: "acts", step: 2, source: of_inner, .. }) = source.downcast_ref()
    else {
        panic!("{source:?}");
    };
    assert!(of_inner.downcast_ref::<std::num::ParseIntError>().is_some());
    // And through the chain of error sources.
    let sources = std::iter::successors(error.source(), |&error| error.source());
    let chain: Vec<_> = sources.map(ToString::to_string).collect();
    assert_eq!(chain, [inner, "invalid digit found in string"]);
}

#[tokio::test(start_paused = true)]
async fn a_panic_inside_is_an_error_of_the_node_around_it() {
    let (told, error) = read(Outer::new(theatre()).run(given("panic")).subgraphs().tasks()).await;
    let error = error.unwrap();
    let inner = "node `acts` of `Inner` panicked in step 2: at the disco";
    assert_eq!(error.to_string(), format!("node `inner` of `Outer` failed in step 1: {inner}"));
    let Error::Node { source, .. } = &error else { panic!("{error:?}") };
    assert!(matches!(source.downcast_ref(), Some(Error::Panic { graph: "Inner", step: 2, .. })));
    let words = words(told);
    assert_eq!(words[words.len() - 3], format!("inner/acts failed: {inner}"));
    assert_eq!(words.last().unwrap(), "beside cancelled");
}

graph! {
    Patient<Log, Theatre> {
        defaults(retry(max_attempts = 3, initial = "10s", factor = 1.0, jitter = false));

        START -> Inner as inner -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn a_subgraph_is_tried_again_from_its_start() {
    let begun = Instant::now();
    let told = items(Patient::new(theatre()).run(given("fail twice")).subgraphs().updates()).await;
    assert_eq!(begun.elapsed().as_secs(), 3 + 2 * 10, "three times a second, and two pauses");
    let word = |told: WithSubgraphs<PatientUpdate, PatientSubgraph>| match told {
        WithSubgraphs::Own(update) => update.node().to_string(),
        WithSubgraphs::Subgraph(namespace, PatientSubgraph::Inner(update)) => {
            format!("{} {}", namespace.segments()[0].call, update.node())
        }
    };
    let words: Vec<_> = told.into_iter().map(word).collect();
    // Each attempt is a separate run, and only the updates of the last are returned.
    assert_eq!(words, ["0 quick", "1 quick", "2 quick", "2 acts", "inner"]);
    let state = Patient::new(theatre()).run(given("fail twice")).await.unwrap();
    assert_eq!(state.log, ["fail twice", "quick", "acted"]);
}

#[tokio::test(start_paused = true)]
async fn a_panic_inside_a_subgraph_is_not_tried_again() {
    let begun = Instant::now();
    let error = Patient::new(theatre()).run(given("panic")).await.unwrap_err();
    assert!(matches!(error, Error::Node { attempt: 1, .. }), "{error}");
    assert_eq!(begun.elapsed().as_secs(), 1);
}

mod limits {
    use super::*;

    #[node]
    fn count(_: &Log, cx: &RunContext) -> Line {
        line(format!("{} left", cx.remaining_steps()))
    }

    graph! {
        Counting<Log> {
            START -> count;
            count -> |Log { log, .. }| if log.len() % 5 == 0 { END } else { count };
        }
    }

    graph! {
        Counts<Log> {
            START -> Counting as first -> Counting as second -> END;
        }
    }

    #[tokio::test]
    async fn a_subgraph_has_the_limit_of_the_run_around_it_for_itself() {
        let log = Counts::new().run(nothing()).recursion_limit(5).await.unwrap().log;
        let five = ["4 left", "3 left", "2 left", "1 left", "0 left"];
        assert_eq!(log, [five, five].concat());
        let error = Counts::new().run(nothing()).recursion_limit(4).await.unwrap_err();
        let Error::Node { node: "first", source, .. } = &error else { panic!("{error:?}") };
        let inner: &Error = source.downcast_ref().unwrap();
        assert!(matches!(inner, Error::RecursionLimit { graph: "Counting", limit: 4, active } if active == &["count"]));
    }
}
