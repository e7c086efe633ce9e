//! A node that runs another graph on a thread.

use std::sync::Arc;
use std::time::Duration;

use graph_core::Error;
use graph_core::checkpoint::CheckpointError;
use graph_core::prelude::*;
use graph_core::thread::DurableApp;

use crate::kit::{Line, Log, given, line, nothing};

#[node]
async fn remember(Log { log }: &Log) -> NodeResult<Line> {
    match log.last().map(String::as_str) {
        Some("wait") => tokio::time::sleep(Duration::from_hours(1)).await,
        Some("fail") => return Err(NodeError::permanent(NodeError::msg("told to"))),
        _ => {}
    }
    Ok(line(format!("{} so far", log.len())))
}

graph! { Memory<Log> { START -> remember -> END; } }

/// The inner app, and the thread that the node runs.
#[derive(Clone)]
struct Inner(DurableApp<Memory>, Arc<str>);

/// Runs the inner graph on its own thread, with the last line as its input.
#[node(retry(max_attempts = 2, initial = "1ms"))]
async fn ask(Log { log }: &Log, cx: &Context<Outer>) -> NodeResult<Line> {
    let Inner(app, thread) = cx.deps();
    let state = app.thread(thread.clone()).run(given(log.last().map_or("", String::as_str))).await?;
    Ok(line(state.log.last().cloned().unwrap_or_default()))
}

graph! { Outer<Log, Inner> { START -> ask -> END; } }

fn inner(saver: MemorySaver) -> Inner {
    Inner(Memory::new().checkpointer(saver), "inner".into())
}

#[tokio::test]
async fn the_thread_inside_remembers_from_run_to_run() {
    let saver = MemorySaver::new();
    let outer = Outer::new(inner(saver.clone()));
    for expected in ["1 so far", "3 so far"] {
        assert_eq!(outer.run(given("hello")).await.unwrap().log, ["hello", expected]);
    }
    // Both on threads, with one saver.
    let outer = outer.checkpointer(saver.clone());
    assert_eq!(outer.thread("outer").run(given("hello")).await.unwrap().log, ["hello", "5 so far"]);
    assert_eq!(Memory::new().checkpointer(saver).thread("inner").state().await.unwrap().values.log.len(), 6);
    assert_eq!(outer.thread("outer").state().await.unwrap().values.log.len(), 2);
}

#[tokio::test]
async fn a_failure_inside_is_the_error_of_the_node() {
    let outer = Outer::new(inner(MemorySaver::new()));
    let error = outer.run(given("fail")).await.unwrap_err();
    let expected = "node `ask` of `Outer` failed in step 1: node `remember` of `Memory` failed in step 1: told to";
    assert_eq!(error.to_string(), expected, "which is permanent, so that `ask` is not retried");
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_stopped_stops_the_one_inside_at_its_last_step() {
    let saver = MemorySaver::new();
    let outer = Outer::new(inner(saver.clone()));
    let error = outer.run(given("wait")).deadline(Duration::from_mins(1)).await.unwrap_err();
    assert!(matches!(error, Error::Deadline { graph: "Outer", .. }), "{error}");
    let thread = Memory::new().checkpointer(saver).thread("inner");
    let state = thread.state().await.unwrap();
    assert_eq!((state.step, &state.next[..]), (0, &[MemoryNode::Remember][..]));
    assert_eq!(thread.continue_run().await.unwrap().log, ["wait", "1 so far"]);
}

#[tokio::test]
async fn a_breakpoint_inside_is_an_error_that_says_how_to_go_on() {
    let Inner(app, thread) = inner(MemorySaver::new());
    let app = app.interrupt_before([MemoryNode::Remember]);
    let outer = Outer::new(Inner(app.clone(), thread.clone()));
    let error = outer.run(given("hello")).await.unwrap_err().to_string();
    assert!(
        error.ends_with("`Memory` stopped before `remember` in step 0, as it was asked to; `continue_run` goes on")
    );
    assert_eq!(app.thread(thread).continue_run().await.unwrap().log, ["hello", "1 so far"]);
}

#[tokio::test]
async fn one_thread_for_both_is_an_error_that_names_it() {
    let saver = MemorySaver::new();
    let outer = Outer::new(inner(saver.clone())).checkpointer(saver);
    let error = outer.thread("inner").run(nothing()).await.unwrap_err();
    let Error::Node { node: "ask", attempt: 1, source, .. } = error else { panic!("{error}") };
    let Some(Error::Checkpoint(error)) = source.downcast_ref() else { panic!("{source}") };
    assert!(matches!(error, CheckpointError::Decode { graph: "Memory", what: "task", .. }), "{error}");
    assert!(error.to_string().starts_with("step 0 of thread `inner` cannot be loaded into `Memory`"), "{error}");
}
