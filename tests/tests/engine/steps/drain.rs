//! Draining: a run ends after its current super-step.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;
use graph_core::run::DrainHandle;
use tokio::time::sleep;

use crate::kit::{Line, Log, given, line, nothing, read};

/// The handle with which a node drains its own run.
type Switch = Arc<OnceLock<DrainHandle>>;

#[node]
async fn begins(_: &Log, cx: &Context<Work>) -> Line {
    // A request during a step does not end the step.
    if let Some(handle) = cx.deps().get() {
        handle.drain();
    }
    sleep(Duration::from_secs(1)).await;
    line("begins")
}

#[node]
async fn ends(_: &Log) -> Line {
    line("ends")
}

graph! {
    Work<Log, Switch> {
        START -> begins -> ends -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn a_drained_run_finishes_its_step_and_the_thread_goes_on() {
    let switch = Switch::default();
    let thread = Work::new(switch.clone()).checkpointer(MemorySaver::new()).thread("t");
    let mut run = thread.run(nothing());
    switch.set(run.drain_handle()).unwrap();
    let (updates, error) = read(run.updates()).await;
    assert_eq!(updates.len(), 1);
    let error = error.unwrap();
    assert_eq!(
        error.to_string(),
        "the run of `Work` was drained after step 1, before `ends`; `continue_run` on thread `t` goes on there"
    );
    assert!(matches!(error, Error::Drained { graph: "Work", step: 1, .. }));
    let saved = thread.state().await.unwrap();
    assert_eq!((saved.next.as_slice(), saved.step), (&[WorkNode::Ends][..], 1));
    assert_eq!(saved.values.log, ["begins"]);
    assert_eq!(thread.continue_run().await.unwrap().log, ["begins", "ends"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_without_a_thread_says_that_what_it_did_is_lost() {
    let switch = Switch::default();
    let mut run = Work::new(switch.clone()).run(nothing());
    switch.set(run.drain_handle()).unwrap();
    let error = run.await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the run of `Work` was drained after step 1, before `ends`; it had no thread, so what it had done is lost"
    );
    assert!(matches!(error, Error::Drained { thread: None, next, .. } if next == ["ends"]));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_drained_before_its_start_saves_its_input() {
    let thread = Work::new(Switch::default()).checkpointer(MemorySaver::new()).thread("t");
    let mut run = thread.run(given("in"));
    let handle = run.drain_handle();
    handle.drain();
    assert!(handle.is_draining());
    assert!(matches!(run.await, Err(Error::Drained { step: 0, .. })));
    assert_eq!(thread.state().await.unwrap().values.log, ["in"]);
    let mut run = thread.continue_run();
    run.drain_handle().drain();
    assert!(matches!(run.await, Err(Error::Drained { step: 0, .. })), "one that goes on can be drained at once, too");
    assert_eq!(thread.continue_run().await.unwrap().log, ["in", "begins", "ends"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_in_its_last_step_ends_well() {
    let mut run = Work::new(Switch::default()).run(nothing());
    let handle = run.drain_handle();
    let mut updates = run.updates();
    updates.next().await.unwrap().unwrap();
    // If the next update is polled for first, the next step has started by then.
    updates.next().await.unwrap().unwrap();
    handle.drain();
    assert!(updates.next().await.is_none());
    assert_eq!(updates.output().unwrap().log, ["begins", "ends"]);
}

#[tokio::test(start_paused = true)]
async fn a_breakpoint_comes_before_a_drain() {
    let switch = Switch::default();
    let thread = Work::new(switch.clone()).checkpointer(MemorySaver::new()).thread("t");
    let mut run = thread.run(nothing()).interrupt_before([WorkNode::Ends]);
    switch.set(run.drain_handle()).unwrap();
    assert!(run.outcome().await.unwrap().done().is_none());
    let mut run = thread.continue_run().interrupt_before([WorkNode::Ends]);
    run.drain_handle().drain();
    assert!(matches!(run.await, Err(Error::Drained { .. })), "where it does not stop, it is drained");
}
