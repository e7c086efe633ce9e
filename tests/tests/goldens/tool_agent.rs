//! 30 (an agent with a tool, whose model streams).

use graph_core::message::Usage;
use graph_core::model::Turn;
use graph_core::prelude::*;
use graph_tests::golden::Golden;
use serde_json::{Value, json};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Chat)]
struct Said {
    messages: Messages,
}

#[node]
async fn agent(Chat { messages }: &Chat, cx: &Context<ToolAgent>) -> NodeResult<Said> {
    // `invoke`, and its tokens are streamed all the same.
    let reply = cx.deps().invoke(Prompt::new(messages).tag("my_tag"), cx).await?;
    Ok(Said { messages: reply.into() })
}

#[node]
async fn tools(Chat { messages }: &Chat, cx: &Context<ToolAgent>) -> Said {
    let calls = messages.last().map(Message::tool_calls).unwrap_or_default();
    let results = calls.iter().map(|call| {
        cx.emit(json!({"tool": format!("{} working", call.name)}));
        let number = |name: &str| call.args[name].as_i64().unwrap_or_default();
        Message::tool(&call.id, (number("a") + number("b")).to_string()).with_name(&call.name)
    });
    Said { messages: results.collect() }
}

graph! {
    ToolAgent<Chat, ScriptedModel> {
        custom Value;

        START -> agent;
        agent -> |chat| if chat.messages.last().is_some_and(|last| !last.tool_calls().is_empty()) { tools } else { END };
        tools -> agent;
    }
}

#[tokio::test]
async fn golden_30_messages_mode_tool_agent() {
    let model = || {
        let calls = Turn::new().id("ai-0").tool_call("call_1", "add", "").fragment("{\"a\": 1,").fragment(" \"b\": 2}");
        let last = MessageChunk::new("!").with_usage(Usage::new(5, 3));
        let answer = Turn::new().id("ai-1").text("Hel").text("lo").chunk(last);
        ScriptedModel::new().turn(calls).turn(answer)
    };
    let app = || ToolAgent::new(model()).checkpointer(MemorySaver::new());
    for mut recorded in Golden::read("30_messages_mode_tool_agent").replay(app).await {
        assert!(recorded.error.is_none(), "{}: {:?}", recorded.label, recorded.error);
        // The recorded model only streams where somebody listens to messages, and only its stream knows the usage.
        if !recorded.label.contains("messages") {
            recorded.ours.iter_mut().for_each(forget_usage);
        }
        recorded.assert_same();
    }
}

fn forget_usage(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(forget_usage),
        Value::Object(map) => {
            map.remove("usage_metadata");
            map.values_mut().for_each(forget_usage);
        }
        _ => {}
    }
}
