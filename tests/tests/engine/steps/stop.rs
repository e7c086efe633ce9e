//! Ending a run early: a deadline, a cancel handle, a dropped stream.

use std::sync::Arc;
use std::task::{Context as Poller, Waker};
use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use crate::kit::{Gauge, Line, Log, line, nothing, read};

/// The number of running nodes, and a signal that they wait.
#[derive(Clone, Default)]
struct Watch {
    inside: Gauge,
    waiting: Arc<Notify>,
}

#[node]
fn first(_: &Log) -> Line {
    line("first")
}

#[node]
async fn hour(_: &Log, cx: &Context<Slow>) -> Line {
    let _inside = cx.deps().inside.enter();
    cx.deps().waiting.notify_one();
    sleep(Duration::from_hours(1)).await;
    line("hour")
}

#[node]
async fn day(_: &Log, cx: &Context<Slow>) -> Line {
    let _inside = cx.deps().inside.enter();
    sleep(Duration::from_hours(24)).await;
    line("day")
}

graph! {
    Slow<Log, Watch> {
        START -> first -> [hour, day];
        hour -> END;
        day -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn a_deadline_ends_the_run_and_drops_its_nodes() {
    let watch = Watch::default();
    let begin = Instant::now();
    let (updates, error) =
        read(Slow::new(watch.clone()).run(nothing()).deadline(Duration::from_mins(1)).updates()).await;
    assert_eq!((updates.len(), begin.elapsed()), (1, Duration::from_mins(1)));
    assert!(matches!(error, Some(Error::Deadline { graph: "Slow", after }) if after == Duration::from_mins(1)));
    assert_eq!((watch.inside.entered(), watch.inside.inside()), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_is_long_enough_changes_nothing() {
    let app = Slow::new(Watch::default()).deadline(Duration::MAX);
    assert_eq!(app.run(nothing()).await.unwrap().log, ["first", "day", "hour"]);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_begins_with_the_first_poll() {
    let run = Slow::new(Watch::default()).run(nothing()).deadline(Duration::from_hours(25));
    sleep(Duration::from_hours(48)).await;
    assert_eq!(run.await.unwrap().log.len(), 3);
}

#[test]
fn a_deadline_without_a_runtime_is_a_typed_error() {
    let run = Slow::new(Watch::default()).run(nothing()).deadline(Duration::from_secs(1));
    let mut run = std::pin::pin!(run.into_future());
    let std::task::Poll::Ready(Err(Error::Runtime(text))) = run.as_mut().poll(&mut Poller::from_waker(Waker::noop()))
    else {
        panic!("a timer was had from nowhere");
    };
    assert!(text.contains("`Slow` needs tokio's timer"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_cancelled_before_its_start_runs_nothing() {
    let watch = Watch::default();
    let mut run = Slow::new(watch.clone()).run(nothing());
    let handle = run.cancel_handle();
    handle.cancel();
    assert!(handle.is_cancelled());
    let (parts, error) = read(run.stream(Mode::ALL)).await;
    assert!(matches!(error, Some(Error::Cancelled { graph: "Slow" })));
    assert_eq!((parts.len(), watch.inside.entered()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_run_whose_nodes_wait_is_cancelled_from_another_task() {
    let watch = Watch::default();
    let mut run = Slow::new(watch.clone()).run(nothing());
    let handle = run.cancel_handle();
    let waiting = watch.waiting.clone();
    let begin = Instant::now();
    let canceller = tokio::spawn(async move {
        waiting.notified().await;
        handle.cancel();
    });
    let (updates, error) = read(run.updates()).await;
    canceller.await.unwrap();
    assert!(matches!(error, Some(Error::Cancelled { .. })) && updates.len() == 1);
    assert_eq!((watch.inside.entered(), watch.inside.inside()), (2, 0));
    assert!(begin.elapsed() < Duration::from_hours(1), "nobody waited for the nodes");
}

#[tokio::test(start_paused = true)]
async fn cancelling_a_run_that_has_ended_does_nothing() {
    let mut run = Slow::new(Watch::default()).run(nothing());
    let handle = run.cancel_handle();
    let mut updates = run.updates();
    while updates.next().await.is_some() {}
    handle.cancel();
    assert!(updates.next().await.is_none());
    assert_eq!(updates.finish().await.unwrap().log.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn dropping_a_stream_stops_its_nodes_and_the_thread_keeps_its_last_step() {
    let watch = Watch::default();
    let thread = Slow::new(watch.clone()).checkpointer(MemorySaver::new()).thread("t");
    let mut updates = thread.run(nothing()).updates();
    updates.next().await.unwrap().unwrap();
    assert!(tokio::time::timeout(Duration::from_secs(1), updates.next()).await.is_err());
    assert_eq!(watch.inside.inside(), 2);
    drop(updates);
    assert_eq!(watch.inside.inside(), 0, "dropped at once");

    let saved = thread.state().await.unwrap();
    assert_eq!((saved.values.log.as_slice(), saved.step), (["first".to_owned()].as_slice(), 1));
    assert_eq!(saved.next, [SlowNode::Day, SlowNode::Hour]);
    let state = thread.continue_run().await.unwrap();
    assert_eq!(state.log, ["first", "day", "hour"]);
}

#[tokio::test(start_paused = true)]
async fn dropping_a_run_that_is_awaited_stops_its_nodes() {
    let watch = Watch::default();
    let run = Slow::new(watch.clone()).run(nothing()).into_future();
    assert!(tokio::time::timeout(Duration::from_secs(1), run).await.is_err());
    assert_eq!((watch.inside.entered(), watch.inside.inside()), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_thread_goes_on_from_its_last_step() {
    let watch = Watch::default();
    let thread = Slow::new(watch.clone()).checkpointer(MemorySaver::new()).thread("t");
    let cancelled = thread.run(nothing()).deadline(Duration::from_secs(1)).await;
    assert!(matches!(cancelled, Err(Error::Deadline { .. })));
    assert_eq!(thread.state().await.unwrap().next, [SlowNode::Day, SlowNode::Hour]);
    assert_eq!(thread.continue_run().await.unwrap().log, ["first", "day", "hour"]);
}
