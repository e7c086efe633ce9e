//! 39 (the ready-made agent).

use graph_core::agent::AgentGraph;
use graph_core::message::Usage;
use graph_core::model::{ScriptedModel, Turn};
use graph_core::prelude::*;
use graph_core::thread::DurableApp;
use graph_tests::golden::Golden;
use serde_json::{Value, json};

use crate::tool_agent::forget_usage;

/// Adds.
#[tool]
async fn add(a: i64, b: i64) -> i64 {
    a + b
}

fn app() -> DurableApp<AgentGraph> {
    let calls = Turn::new().id("ai-0").tool_call("call_1", "add", "").fragment("{\"a\": 1,").fragment(" \"b\": 2}");
    let calls = calls.chunk(MessageChunk::new(""));
    let answer =
        Turn::new().id("ai-1").text("Hel").text("lo").chunk(MessageChunk::new("").with_usage(Usage::new(5, 3)));
    let model = ScriptedModel::new().turn(calls).turn(answer);
    Agent::new(model).tools(tools![add]).build().checkpointer(MemorySaver::new())
}

#[tokio::test]
async fn golden_39_create_agent() {
    for mut recorded in Golden::read("39_create_agent").replay(app).await {
        assert!(recorded.error.is_none(), "{}: {:?}", recorded.label, recorded.error);
        // There the input of a task is a list of one call; here it is the call.
        let is_sent = |event: &Value| event["triggers"][0] == "__pregel_push";
        for event in recorded.events.iter_mut().filter(|event| is_sent(event)) {
            event["input"] = event["input"][0].take();
        }
        // LangChain's own metadata was all that there was.
        let bare =
            |event: &mut Value| event.as_object_mut().is_some_and(|event| event.get("metadata") == Some(&json!({})));
        for event in recorded.events.iter_mut().filter_map(|event| bare(event).then_some(event)) {
            event.as_object_mut().unwrap().remove("metadata");
        }
        // The recorded model streams only if `messages` is requested, and only its stream knows the usage.
        if !recorded.label.contains("messages") {
            recorded.ours.iter_mut().for_each(forget_usage);
        }
        recorded.assert_same();
    }
}
