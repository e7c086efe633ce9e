//! Subgraphs on a thread: what is saved inside them, and what goes on there.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use graph_core::prelude::*;

use crate::kit::{Line, Log, line, nothing};

#[derive(Interrupt, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[interrupt(resume = String)]
struct Name;

/// How often each node ran.
#[derive(Clone, Default)]
struct Counts {
    before: Arc<AtomicUsize>,
    asks: Arc<AtomicUsize>,
    beside: Arc<AtomicUsize>,
    fails: Arc<AtomicUsize>,
}

#[node]
fn before(_: &Log, cx: &Context<Inner>) -> Line {
    cx.deps().before.fetch_add(1, Ordering::SeqCst);
    line("before")
}

#[node]
async fn ask(_: &Log, cx: &Context<Inner>) -> NodeResult<Line> {
    cx.deps().asks.fetch_add(1, Ordering::SeqCst);
    Ok(line(cx.interrupt(Name).await?))
}

#[node]
fn beside(_: &Log, cx: &Context<Inner>) -> Line {
    cx.deps().beside.fetch_add(1, Ordering::SeqCst);
    line("beside")
}

graph! {
    Inner<Log, Counts> {
        interrupt Name;

        START -> before -> [ask, beside];
        [ask, beside] -> END;
    }
}

#[node]
fn first(_: &Log) -> Line {
    line("first")
}

#[node]
fn last(_: &Log) -> Line {
    line("last")
}

graph! {
    Middle<Log, Counts> {
        interrupt Name;

        START -> Inner as inner -> END;
    }
}

graph! {
    Outer<Log, Counts> {
        interrupt Name;

        START -> first -> Middle as middle -> last -> END;
    }
}

fn seen(counts: &Counts) -> [usize; 3] {
    [&counts.before, &counts.asks, &counts.beside].map(|count| count.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_subgraph_goes_on_at_the_node_that_asked() {
    let (counts, saver) = (Counts::default(), MemorySaver::new());
    let thread = Outer::new(counts.clone()).checkpointer(saver.clone()).thread("t");
    let pending = thread.run(nothing()).outcome().await.unwrap().interrupted().unwrap();
    let waiting = pending.iter().next().unwrap();
    assert_eq!((waiting.node, waiting.value.clone()), (OuterNode::Middle, OuterInterrupt::Name(Name)));
    assert_eq!(seen(&counts), [1, 1, 1]);

    // As after a restart: another app over what was saved.
    let thread = Outer::new(counts.clone()).checkpointer(saver).thread("t");
    let again = thread.continue_run().outcome().await.unwrap().interrupted().unwrap();
    assert_eq!(again.iter().next().unwrap().id, waiting.id);
    assert_eq!(seen(&counts), [1, 1, 1], "nothing runs again before the answer");
    let state = thread.resume("Bob".to_owned()).await.unwrap();
    assert_eq!(state.log, ["first", "before", "Bob", "beside", "last"]);
    assert_eq!(seen(&counts), [1, 2, 1], "only the node that asked runs again");
}

#[tokio::test]
async fn an_interrupt_inside_is_streamed_inside_and_outside() {
    let thread = Outer::new(Counts::default()).checkpointer(MemorySaver::new()).thread("t");
    let mut parts = thread.run(nothing()).subgraphs().stream(Mode::UPDATES);
    let mut namespaces = Vec::new();
    while let Some(part) = parts.next().await {
        let part = serde_json::to_value(part.unwrap()).unwrap();
        if part["data"].get("__interrupt__").is_some() {
            namespaces.push(part["ns"].as_array().unwrap().len());
        }
    }
    assert_eq!(namespaces, [2, 1, 0]);
}

#[node]
fn flaky(_: &Log, cx: &Context<Failing>) -> NodeResult<Line> {
    match cx.deps().fails.fetch_add(1, Ordering::SeqCst) {
        0 => Err(NodeError::msg("the line was cut")),
        _ => Ok(line("flaky")),
    }
}

#[node]
fn once(_: &Log, cx: &Context<Failing>) -> Line {
    cx.deps().before.fetch_add(1, Ordering::SeqCst);
    line("once")
}

graph! {
    Failing<Log, Counts> {
        START -> once -> flaky -> END;
    }
}

graph! {
    Around<Log, Counts> {
        START -> first -> Failing as failing -> last -> END;
    }
}

#[tokio::test]
async fn a_subgraph_that_failed_goes_on_at_the_node_that_failed() {
    let counts = Counts::default();
    let thread = Around::new(counts.clone()).checkpointer(MemorySaver::new()).thread("t");
    assert!(thread.run(nothing()).await.is_err());
    assert_eq!(thread.continue_run().await.unwrap().log, ["first", "once", "flaky", "last"]);
    assert_eq!(counts.before.load(Ordering::SeqCst), 1);
}

#[derive(State, Clone, Debug, Default)]
struct Unsaved {
    #[state(input)]
    text: String,
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Whole {
    #[state(input)]
    text: String,
}

#[derive(Update, Clone, Debug)]
#[update(Unsaved)]
struct Text {
    text: String,
}

#[node]
fn shout(Unsaved { text }: &Unsaved) -> Text {
    Text { text: text.to_uppercase() }
}

graph! {
    Shouting<Unsaved> {
        START -> shout -> END;
    }
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Whole)]
struct WholeText {
    text: String,
}

#[node]
async fn call(Whole { text }: &Whole, cx: &Context<Calling>) -> NodeResult<WholeText> {
    let text = Shouting::new().run(UnsavedInput { text: text.clone() }).as_child_of(cx).await?.text;
    Ok(WholeText { text })
}

graph! {
    Calling<Whole> {
        calls Shouting;

        START -> call -> END;
    }
}

#[tokio::test]
async fn a_graph_that_cannot_be_saved_runs_inside_one_that_is() {
    let thread = Calling::new().checkpointer(MemorySaver::new()).thread("t");
    assert_eq!(thread.run(WholeInput { text: "hello".into() }).await.unwrap().text, "HELLO");
}
