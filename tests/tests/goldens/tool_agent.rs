//! 30 (an agent with a tool, whose model streams), 30b (whose model does not).

use graph_core::context::{Payload, SpanKind};
use graph_core::message::Usage;
use graph_core::model::{ScriptedModel, Turn};
use graph_core::prelude::*;
use graph_tests::golden::Golden;
use serde_json::{Value, json};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Chat {
    #[state(input, reduce = AddMessages)]
    pub(crate) messages: Vec<Message>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Chat)]
pub(crate) struct Said {
    pub(crate) messages: Messages,
}

pub(crate) struct Asked {
    model: ScriptedModel,
    aloud: bool,
}

#[node]
async fn agent(Chat { messages }: &Chat, cx: &Context<ToolAgent>) -> NodeResult<Said> {
    // `invoke`, whose tokens are streamed nevertheless.
    let Asked { model, aloud } = cx.deps();
    let prompt = Prompt::new(messages).tag("my_tag");
    let reply = model.invoke(if *aloud { prompt } else { prompt.nostream() }, cx).await?;
    Ok(Said { messages: reply.into() })
}

#[node]
async fn tools(Chat { messages }: &Chat, cx: &Context<ToolAgent>) -> Said {
    let calls = messages.last().map(Message::tool_calls).unwrap_or_default();
    let results = calls.iter().map(|call| {
        cx.emit(json!({"tool": format!("{} working", call.name)}));
        let span = cx.span(SpanKind::Tool, &*call.name, Payload::Json(call.args.clone()));
        let number = |name: &str| call.args[name].as_i64().unwrap_or_default();
        let result = Message::tool(&call.id, (number("a") + number("b")).to_string()).with_name(&call.name);
        span.end(Payload::Message(result.clone()));
        result
    });
    Said { messages: results.collect() }
}

graph! {
    pub(crate) ToolAgent<Chat, Asked> {
        custom Value;

        START -> agent;
        agent -> |chat| if chat.messages.last().is_some_and(|last| !last.tool_calls().is_empty()) { tools } else { END };
        tools -> agent;
    }
}

pub(crate) fn tool_agent(aloud: bool) -> App<ToolAgent> {
    let calls = Turn::new().id("ai-0").tool_call("call_1", "add", "").fragment("{\"a\": 1,").fragment(" \"b\": 2}");
    let last = MessageChunk::new("!").with_usage(Usage::new(5, 3));
    let answer = Turn::new().id("ai-1").text("Hel").text("lo").chunk(last);
    ToolAgent::new(Asked { model: ScriptedModel::new().turn(calls).turn(answer), aloud })
}

#[tokio::test]
async fn golden_30b_messages_mode_nostream_tag() {
    let app = || tool_agent(false).checkpointer(MemorySaver::new());
    Golden::read("30b_messages_mode_nostream_tag").assert_same(app).await;

    let mut events = tool_agent(false).run(ChatInput { messages: Message::user("hi").into() }).events();
    let mut pieces = 0;
    while let Some(event) = events.next().await {
        pieces += usize::from(event.unwrap().kind.to_string() == "on_chat_model_stream");
    }
    assert_eq!(pieces, 6, "events are for whoever watches, and have the pieces all the same");
}

#[tokio::test]
async fn golden_30_messages_mode_tool_agent() {
    let app = || tool_agent(true).checkpointer(MemorySaver::new());
    for mut recorded in Golden::read("30_messages_mode_tool_agent").replay(app).await {
        assert!(recorded.error.is_none(), "{}: {:?}", recorded.label, recorded.error);
        // The recorded model streams only if `messages` is requested, and only its stream knows the usage.
        if !recorded.label.contains("messages") {
            recorded.ours.iter_mut().for_each(forget_usage);
        }
        recorded.assert_same();
    }
}

pub(crate) fn forget_usage(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(forget_usage),
        Value::Object(map) => {
            map.remove("usage_metadata");
            map.values_mut().for_each(forget_usage);
        }
        _ => {}
    }
}
