//! `#[node(retry(..), timeout = "..")]`: what happens to a node that fails or takes too long.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use graph_core::Error;
use graph_core::model::ModelError;
use graph_core::node::NodeTimeout;
use graph_core::prelude::*;
use graph_core::run::TaskState;
use tokio::time::{Instant, sleep};

use crate::kit::{Line, Log, line, nothing};

/// How often each node was tried.
#[derive(Default)]
struct Tries(AtomicU32);

impl Tries {
    fn next(&self) -> u32 {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }
}

#[node(retry(max_attempts = 4, initial = "1s", factor = 3.0, max = "5s", jitter = false))]
async fn flaky(_: &Log, cx: &Context<Flaky>) -> NodeResult<Line> {
    cx.emit(cx.attempt());
    if cx.deps().next() < 4 { Err(NodeError::msg("not yet")) } else { Ok(line("done")) }
}

graph! {
    Flaky<Log, Tries> {
        custom u32;

        START -> flaky -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_is_tried_again_after_growing_pauses_and_starts_and_ends_once() {
    let begun = Instant::now();
    let mut parts = Flaky::new(Tries::default()).run(nothing()).stream(Mode::ALL);
    let (mut emitted, mut starts, mut ends, mut updates) = (Vec::new(), 0, 0, 0);
    while let Some(part) = parts.next().await {
        match part.unwrap() {
            Part::Custom(custom) => {
                assert_eq!(custom.event, custom.attempt, "each part carries its attempt");
                emitted.push(custom.attempt);
            }
            Part::Update(_) => updates += 1,
            Part::Task(task) if matches!(task.state, TaskState::Started { .. }) => starts += 1,
            Part::Task(_) => ends += 1,
            _ => {}
        }
    }
    assert_eq!((emitted, starts, ends, updates), (vec![1, 2, 3, 4], 1, 1, 1));
    // 1 s, 3 s, and 9 s cut down to 5 s.
    assert_eq!(begun.elapsed().as_secs(), 9);
    assert_eq!(parts.output().unwrap().log, ["done"]);
}

#[node(retry)]
async fn hopeless(_: &Log, cx: &Context<Hopeless>) -> NodeResult<Line> {
    cx.deps().next();
    Err(NodeError::msg("never"))
}

graph! {
    Hopeless<Log, Tries> {
        START -> hopeless -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn the_error_of_the_last_attempt_says_which_it_was() {
    let app = Hopeless::new(Tries::default());
    let error = app.run(nothing()).await.unwrap_err();
    assert!(matches!(error, Error::Node { attempt: 3, node: "hopeless", .. }), "{error:?}");
    assert_eq!(error.to_string(), "node `hopeless` of `Hopeless` failed in step 1 (attempt 3): never");
    assert_eq!(app.deps().0.load(Ordering::SeqCst), 3);
}

/// Errors that are not retried by default, and by `when`.
#[derive(Default)]
struct Kinds {
    permanent: Tries,
    refused: Tries,
    chosen: Tries,
}

fn never(_: &NodeError) -> bool {
    false
}

#[node(retry)]
async fn permanent(_: &Log, cx: &Context<Permanent>) -> NodeResult<Line> {
    cx.deps().permanent.next();
    Err(NodeError::permanent(NodeError::msg("wrong for good")))
}

#[node(retry)]
async fn refused(_: &Log, cx: &Context<Refused>) -> NodeResult<Line> {
    cx.deps().refused.next();
    Err(ModelError::ScriptEnded { turns: 0 }.into())
}

#[node(retry(when = never))]
async fn chosen(_: &Log, cx: &Context<Chosen>) -> NodeResult<Line> {
    cx.deps().chosen.next();
    Err(NodeError::msg("not for me"))
}

graph! { Permanent<Log, Kinds> { START -> permanent -> END; } }
graph! { Refused<Log, Kinds> { START -> refused -> END; } }
graph! { Chosen<Log, Kinds> { START -> chosen -> END; } }

#[tokio::test(start_paused = true)]
async fn what_does_not_help_is_not_tried_again() {
    let app = Permanent::new(Kinds::default());
    assert!(app.run(nothing()).await.unwrap_err().to_string().contains("wrong for good"));
    assert_eq!(app.deps().permanent.0.load(Ordering::SeqCst), 1);

    let app = Refused::new(Kinds::default());
    app.run(nothing()).await.unwrap_err();
    assert_eq!(app.deps().refused.0.load(Ordering::SeqCst), 1, "a model's error says whether trying again helps");

    let app = Chosen::new(Kinds::default());
    app.run(nothing()).await.unwrap_err();
    assert_eq!(app.deps().chosen.0.load(Ordering::SeqCst), 1);
}

#[node(timeout = "2s", retry(max_attempts = 2, jitter = false))]
async fn slow(_: &Log, cx: &Context<Slow>) -> Line {
    if cx.deps().next() == 1 {
        sleep(Duration::from_hours(1)).await;
    }
    line("in time")
}

#[node(timeout = "30ms")]
async fn stuck(_: &Log) -> Line {
    std::future::pending::<()>().await;
    line("never")
}

graph! { Slow<Log, Tries> { START -> slow -> END; } }
graph! { Stuck<Log> { START -> stuck -> END; } }

#[tokio::test(start_paused = true)]
async fn an_attempt_that_takes_too_long_is_stopped_and_tried_again() {
    let begun = Instant::now();
    let state = Slow::new(Tries::default()).run(nothing()).await.unwrap();
    assert_eq!(state.log, ["in time"]);
    // The timeout, and the pause after it.
    assert_eq!(begun.elapsed(), Duration::from_millis(2_500));
}

#[tokio::test(start_paused = true)]
async fn a_node_that_is_stuck_fails_with_a_typed_error() {
    match Stuck::new().run(nothing()).await.unwrap_err() {
        Error::Node { source, .. } => {
            let timeout = source.downcast_ref::<NodeTimeout>().unwrap();
            assert_eq!((timeout.node, timeout.after), ("stuck", Duration::from_millis(30)));
            assert_eq!(timeout.to_string(), "node `stuck` took longer than 30ms");
        }
        other => panic!("{other:?}"),
    }
}
