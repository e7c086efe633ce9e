//! What a context offers to its node.

use graph_core::prelude::*;
use serde_json::json;

use crate::kit::{Line, Log, given, items, line, nothing};

struct Deps {
    greeting: &'static str,
}

#[node]
fn tells(_: &Log, cx: &Context<Tells>) -> Line {
    let run = cx.run();
    let thread = run.thread_id.as_deref().unwrap_or("none");
    line(format!("{} {} {} {} {} {thread}", cx.deps().greeting, run.graph, cx.node(), cx.super_step(), cx.attempt()))
}

/// Works in any graph: it takes only a [`RunContext`].
#[node]
fn any(_: &Log, cx: &RunContext) -> Line {
    let run = cx.run();
    line(format!("{} {:?} {} {}", cx.node(), run.tags(), json!(run.metadata()), run.recursion_limit()))
}

graph! {
    Tells<Log, Deps> {
        START -> tells -> any as second -> END;
    }
}

fn app() -> App<Tells> {
    Tells::new(Deps { greeting: "hello" })
}

#[tokio::test]
async fn a_node_knows_its_dependencies_run_and_place() {
    assert_eq!(app().deps().greeting, "hello");
    let state = app().run(nothing()).tags(["a", "b"]).metadata("k", 1).recursion_limit(7).await.unwrap();
    assert_eq!(state.log, ["hello Tells tells 1 1 none", r#"second ["a", "b"] {"k":1} 7"#]);
}

#[tokio::test]
async fn labels_of_the_app_are_those_of_its_runs_unless_a_run_has_its_own() {
    let app = app().metadata("app", true).tags(["app"]).recursion_limit(3);
    let state = app.run(nothing()).metadata("run", true).await.unwrap();
    assert_eq!(state.log[1], r#"second ["app"] {"app":true,"run":true} 3"#);
    let state = app.run(nothing()).tags(["run"]).await.unwrap();
    assert_eq!(state.log[1], r#"second ["run"] {"app":true} 3"#);
}

#[tokio::test]
async fn steps_are_counted_over_turns_and_an_input_costs_two() {
    let thread = app().checkpointer(MemorySaver::new()).thread("t");
    assert_eq!(thread.state().await.unwrap().step, -2, "a thread that is not there yet");
    let mut steps = Vec::new();
    for turn in ["one", "two", "three"] {
        let tasks = items(thread.run(given(turn)).stream(Mode::TASKS | Mode::CHECKPOINTS)).await;
        steps.push(
            tasks
                .iter()
                .filter_map(|part| match part {
                    Part::Checkpoint(saved) => Some(saved.step),
                    _ => None,
                })
                .collect::<Vec<_>>(),
        );
    }
    // LangGraph's numbers: its input is a step, and so is its START.
    assert_eq!(steps, [[-1, 0, 1, 2], [3, 4, 5, 6], [7, 8, 9, 10]]);
    let state = thread.state().await.unwrap();
    assert_eq!(state.step, 10);
    assert_eq!(state.values.log[4], "hello Tells tells 5 1 t");
}

#[tokio::test]
async fn every_run_has_an_id_of_its_own() {
    let app = app();
    let root = |run: Run<Tells>| async { items(run.events()).await[0].run_id };
    assert_ne!(root(app.run(nothing())).await, root(app.run(nothing())).await);
}

#[test]
fn a_context_outside_any_run_listens_to_nobody() {
    let cx = RunContext::detached();
    assert_eq!((cx.node(), cx.super_step(), cx.attempt(), cx.is_last_step()), ("", 0, 1, false));
    assert_eq!(cx.remaining_steps(), usize::MAX);
    assert_eq!(any(&Log::default(), &cx).log.len(), 1, "a node's function is called as it is");
}
