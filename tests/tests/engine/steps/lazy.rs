//! A run is driven by its consumer: it does nothing before it is polled, and never gets ahead of its stream.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use graph_core::prelude::*;

use crate::kit::{Line, Log, line, nothing};

type Count = Arc<AtomicUsize>;

#[node]
fn one(_: &Log, cx: &Context<Counted>) -> Line {
    cx.deps().fetch_add(1, Ordering::SeqCst);
    line("one")
}

#[node]
fn two(_: &Log, cx: &Context<Counted>) -> Line {
    cx.deps().fetch_add(1, Ordering::SeqCst);
    line("two")
}

graph! {
    Counted<Log, Count> {
        START -> one -> two -> END;
    }
}

#[tokio::test]
async fn a_run_that_nobody_waits_for_runs_nothing() {
    let count = Count::default();
    let app = Counted::new(count.clone());
    let thread = app.clone().checkpointer(MemorySaver::new()).thread("t");
    drop(app.run(nothing()));
    drop(app.run(nothing()).values());
    drop(app.run(nothing()).into_future());
    drop(app.run(nothing()).updates().blocking());
    drop(thread.run(nothing()).stream(Mode::ALL));
    tokio::task::yield_now().await;
    assert_eq!(count.load(Ordering::SeqCst), 0);
    assert!(thread.state().await.unwrap().id.is_none(), "nothing was saved");
}

#[tokio::test]
async fn no_step_begins_before_the_parts_of_the_step_before_it_are_taken() {
    let count = Count::default();
    let thread = Counted::new(count.clone()).checkpointer(MemorySaver::new()).thread("t");
    let mut parts = thread.run(nothing()).stream(Mode::ALL);
    // The progress of the node that writes `n` in step `n`, whenever the stream shows a part of that step or an earlier
    // one.
    let mut step = 0;
    while let Some(part) = parts.next().await {
        let ran = count.load(Ordering::SeqCst);
        match part.unwrap() {
            Part::Task(task) => step = task.step,
            Part::Update(_) => assert_eq!(ran as i64, step, "an update is of the step that runs"),
            Part::Values(state) => assert_eq!(ran, state.log.len()),
            Part::Checkpoint(saved) => assert_eq!(ran as i64, saved.step.max(0)),
            _ => {}
        }
    }
    assert_eq!((count.load(Ordering::SeqCst), step), (2, 2));
}

#[tokio::test]
async fn a_step_waits_until_all_of_the_last_one_is_read() {
    let count = Count::default();
    let mut updates = Counted::new(count.clone()).run(nothing()).updates();
    for ran in 1..=2 {
        updates.next().await.unwrap().unwrap();
        tokio::task::yield_now().await;
        assert_eq!(count.load(Ordering::SeqCst), ran);
    }
    assert!(updates.next().await.is_none());
}
