//! `tools` mode.

use std::time::Duration;

use graph_core::model::ScriptedModel;
use graph_core::prelude::*;
use graph_core::tool::ToolEvent;
use serde_json::json;

use crate::{calls, model};

/// Counts down.
#[tool]
async fn count(from: u64, cx: &RunContext) -> NodeResult<&'static str> {
    for left in (1..=from).rev() {
        cx.emit_output(left);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    if from == 2 { Err(NodeError::msg("two is bad luck")) } else { Ok("lift-off") }
}

struct Deps {
    model: ScriptedModel,
    tools: ToolSet,
}

#[node]
async fn agent(state: &MessagesState, cx: &Context<Counter>) -> NodeResult<NewMessages> {
    Ok(cx.deps().model.invoke(&state.messages, cx).await?.into())
}

#[node]
async fn tools(state: &MessagesState, cx: &Context<Counter>) -> NodeResult<NewMessages> {
    Ok(cx.deps().tools.call_all(state.pending_tool_calls(), cx).await?.into())
}

graph! {
    Counter<MessagesState, Deps> {
        START -> agent;
        agent -> |state| if state.has_pending_tool_calls() { tools } else { END };
        tools -> agent;
    }
}

fn app() -> App<Counter> {
    let asks = calls([
        ("c1", "count", json!({"from": 3})),
        ("c2", "count", json!({"from": 2})),
        ("c3", "nope", json!({})),
        ("c4", "count", json!({"from": 1})),
    ]);
    Counter::new(Deps { model: model(asks), tools: tools![count] })
}

#[tokio::test(start_paused = true)]
async fn events_come_in_the_order_in_which_they_occur() {
    let mut events = app().run(MessagesState::input(Message::user("go"))).tools();
    let mut lines = Vec::new();
    while let Some(part) = events.next().await {
        let part = part.unwrap();
        assert_eq!((part.node, part.step, part.attempt), (CounterNode::Tools, 2, 1));
        let what = match &part.event {
            ToolEvent::Started { input } => format!("started {input}"),
            ToolEvent::OutputDelta(delta) => delta.to_string(),
            ToolEvent::Finished(message) => format!("finished {}", message.text()),
            ToolEvent::Failed { error } => format!("failed {}", error.split(',').next().unwrap()),
            other => panic!("{other:?}"),
        };
        lines.push(format!("{} {what}", part.call_id));
    }
    let expected = [
        r#"c1 started {"from":3}"#,
        "c1 3",
        r#"c2 started {"from":2}"#,
        "c2 2",
        "c3 failed nope is not a valid tool",
        r#"c4 started {"from":1}"#,
        "c4 1",
        "c1 2",
        "c2 1",
        "c4 finished lift-off",
        "c1 1",
        "c2 failed two is bad luck",
        "c1 finished lift-off",
    ];
    assert_eq!(lines, expected);
    let answers: Vec<_> = events.output().unwrap().messages[2..6].iter().map(Message::tool_call_id).collect();
    assert_eq!(answers, ["c1", "c2", "c3", "c4"], "the history has them in the order of the calls");
}

#[tokio::test(start_paused = true)]
async fn the_events_mode_has_a_span_for_each_call_that_is_executed() {
    let mut events = app().run(MessagesState::input(Message::user("go"))).events();
    let mut kinds = Vec::new();
    while let Some(event) = events.next().await {
        let event = event.unwrap();
        if event.kind.of == graph_core::context::SpanKind::Tool {
            kinds.push(format!("{} {}", event.kind, event.name));
        }
    }
    kinds.sort();
    let expected = [
        "on_tool_end count",
        "on_tool_end count",
        "on_tool_error count",
        "on_tool_start count",
        "on_tool_start count",
        "on_tool_start count",
    ];
    assert_eq!(kinds, expected);
}
