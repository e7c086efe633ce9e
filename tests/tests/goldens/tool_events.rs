//! 31 (what happens to tool calls).

use graph_core::message::{ToolCall, ToolStatus, Usage};
use graph_core::model::{ScriptedModel, Turn};
use graph_core::prelude::*;
use graph_tests::golden::{Golden, plain};
use serde_json::{Value, json};

/// Adds.
#[tool]
async fn add(a: i64, b: i64) -> i64 {
    a + b
}

/// Is slow.
#[tool]
async fn slowtool(a: i64, cx: &RunContext) -> String {
    cx.emit_output("part1");
    cx.emit_output("part2");
    format!("done {a}")
}

/// Is broken.
#[tool]
async fn badtool(#[expect(unused_variables)] a: i64) -> NodeResult<()> {
    Err(NodeError::msg("tool broke"))
}

struct Deps {
    model: ScriptedModel,
    tools: ToolSet,
}

#[node]
async fn agent(state: &MessagesState, cx: &Context<ToolAgent>) -> NodeResult<NewMessages> {
    Ok(cx.deps().model.invoke(&state.messages, cx).await?.into())
}

#[node]
async fn tools(state: &MessagesState, cx: &Context<ToolAgent>) -> NodeResult<NewMessages> {
    Ok(cx.deps().tools.call_all(state.pending_tool_calls(), cx).await?.into())
}

graph! {
    ToolAgent<MessagesState, Deps> {
        START -> agent;
        agent -> |state| if state.has_pending_tool_calls() { tools } else { END };
        tools -> agent;
    }
}

#[node]
async fn only_tools(state: &MessagesState, cx: &Context<OnlyTools>) -> NodeResult<NewMessages> {
    Ok(cx.deps().call_all(state.pending_tool_calls(), cx).await?.into())
}

graph! {
    OnlyTools<MessagesState, ToolSet> {
        START -> only_tools as tools -> END;
    }
}

/// The events as the recording has them: `[mode, data]`.
async fn events<G: graph_core::run::JsonGraph>(mut parts: graph_core::run::PartStream<G>) -> Vec<Value> {
    let mut events = Vec::new();
    while let Some(part) = parts.next().await {
        let part = serde_json::to_value(part.unwrap()).unwrap();
        events.push(json!([part["type"], part["data"]]));
    }
    events
}

fn recorded(label: &str) -> Vec<Value> {
    Golden::read("31_tools_stream_mode").value()["streams"][label].as_array().unwrap().clone()
}

#[tokio::test]
async fn golden_31_tools_stream_mode() {
    for (label, modes) in [("tools", Mode::TOOLS), ("tools+updates", Mode::TOOLS | Mode::UPDATES)] {
        let asks = Turn::new().id("ai-0").call("call_1", "add", &json!({"a": 1, "b": 2}));
        let answer = Turn::new().id("ai-1").chunk(MessageChunk::new("Hello!").with_usage(Usage::new(5, 3)));
        let deps = Deps { model: ScriptedModel::new().turn(asks).turn(answer), tools: tools![add] };
        let run = ToolAgent::new(deps).run(MessagesState::input(Message::user("hi")));
        assert_eq!(plain(&events(run.stream(modes)).await), plain(&recorded(label)), "{label}");
    }
}

#[tokio::test]
async fn golden_31_errors_are_told_in_other_words_and_an_unknown_tool_is_an_event_too() {
    let call = |id: &str, name: &str, a: Value| ToolCall::new(id, name, json!({"a": a}));
    let calls = [
        call("c1", "slowtool", json!(1)),
        call("c2", "badtool", json!(1)),
        call("c3", "nope", json!(1)),
        call("c4", "slowtool", json!("notint")),
    ];
    let input = MessagesState::input(Message::assistant("").with_tool_calls(calls));
    let run = OnlyTools::new(tools![slowtool, badtool]).run(input);
    let mut ours = events(run.stream(Mode::TOOLS | Mode::UPDATES)).await;
    let mut theirs = recorded("delta_and_errors tools+updates");

    // Without an event of an unknown tool, nothing in the stream would say that the call failed.
    let unknown = "nope is not a valid tool, try one of [slowtool, badtool].";
    let position = ours.iter().position(|event| event[1]["tool_call_id"] == "c3").unwrap();
    let expected = json!(["tools", {"event": "tool-error", "tool_call_id": "c3", "message": unknown}]);
    assert_eq!((position, ours.remove(position)), (6, expected));

    // The errors, in pydantic's words and in ours.
    let arguments = "invalid arguments: `a`: invalid type: string \"notint\", expected i64";
    let told = |events: &mut [Value]| {
        let event =
            &mut events.iter_mut().find(|event| event[1]["event"] == "tool-error" && event[1]["tool_call_id"] == "c4");
        let event = event.as_mut().unwrap()[1]["message"].take();
        let update = events.last_mut().unwrap()[1]["tools"]["messages"].as_array_mut().unwrap();
        let content = |message: &mut Value| message["content"].take().as_str().unwrap().to_owned();
        let errors: Vec<_> = update[1..].iter_mut().map(content).collect();
        (event.as_str().unwrap().to_owned(), errors)
    };
    let (event, errors) = told(&mut ours);
    assert_eq!(event, arguments);
    assert_eq!(errors, ["Error: tool broke".to_owned(), format!("Error: {unknown}"), format!("Error: {arguments}")]);
    let (event, errors) = told(&mut theirs);
    assert!(event.starts_with("1 validation error for slowtool\na\n"), "{event}");
    assert!(errors[0].contains("tool broke") && errors[1] == format!("Error: {unknown}"), "{errors:?}");

    // The status is compared too, which `plain` leaves out.
    let status = |events: &[Value]| {
        let messages = &events.last().unwrap()[1]["tools"]["messages"];
        messages.as_array().unwrap().iter().map(|message| message["status"] == "error").collect::<Vec<_>>()
    };
    assert_eq!(status(&ours), status(&theirs));
    assert_eq!(ToolStatus::default(), ToolStatus::Success);
    assert_eq!(plain(&ours), plain(&theirs));
}
