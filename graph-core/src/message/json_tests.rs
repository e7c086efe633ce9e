//! The JSON forms of messages and chunks.
use serde_json::{Value, json};

use super::*;

fn read(value: Value) -> Message {
    serde_json::from_value(value).unwrap()
}

#[test]
fn messages_are_written_as_langchain_does() {
    let message = Message::user("hi").with_id("m1");
    let want = json!({"content": "hi", "additional_kwargs": {}, "response_metadata": {}, "type": "human",
        "name": null, "id": "m1"});
    assert_eq!(serde_json::to_value(&message).unwrap(), want);

    let reply = Message::assistant("").with_tool_calls([ToolCall::new("c1", "add", json!({"a": 1}))]);
    let want = json!({"content": "", "additional_kwargs": {}, "response_metadata": {}, "type": "ai", "name": null,
        "id": null, "tool_calls": [{"name": "add", "args": {"a": 1}, "id": "c1", "type": "tool_call"}],
        "invalid_tool_calls": [], "usage_metadata": null});
    assert_eq!(serde_json::to_value(&reply).unwrap(), want);

    let result = serde_json::to_value(Message::tool("c1", "3").with_name("add")).unwrap();
    assert_eq!((&result["tool_call_id"], &result["status"]), (&json!("c1"), &json!("success")));
}

#[test]
fn all_forms_are_read() {
    let hi = Message::user("hi");
    for form in [
        json!("hi"),
        json!(["user", "hi"]),
        json!(["human", "hi"]),
        json!({"type": "human", "content": "hi"}),
        json!({"role": "user", "content": "hi", "surprise": 1}),
        json!({"type": "message", "role": "user", "content": "hi", "id": null}),
    ] {
        assert_eq!(read(form.clone()), hi, "{form}");
    }
    let developer = read(json!({"role": "developer", "content": "be brief"}));
    assert_eq!(
        (developer.role(), &developer.additional_kwargs()["__openai_role__"]),
        (Role::System, &json!("developer"))
    );
    assert_eq!(read(json!({"role": "assistant", "content": null})).text(), "");
    assert!(read(json!({"type": "remove", "id": "__remove_all__"})).is_remove_all());
}

#[test]
fn openai_tool_calls_are_read() {
    let message = read(json!({"role": "assistant", "content": null, "tool_calls": [
        {"id": "c1", "type": "function", "function": {"name": "add", "arguments": "{\"a\": 1}"}},
        {"id": "c2", "type": "function", "function": {"name": "add", "arguments": "{\"a\": "}}]}));
    assert_eq!(message.tool_calls(), [ToolCall::new("c1", "add", json!({"a": 1}))]);
    assert_eq!(
        (message.invalid_tool_calls()[0].id.as_str(), message.invalid_tool_calls()[0].args.as_str()),
        ("c2", "{\"a\": ")
    );
}

#[test]
fn invalid_messages_are_named_in_the_error() {
    for (form, part) in [
        (json!({"role": "robot", "content": "hi"}), "`robot`"),
        (json!({"type": "hologram", "content": "hi"}), "`hologram`"),
        (json!({"content": "hi"}), "`type` or a `role`"),
        (json!(["robot", "hi"]), "`robot`"),
        (json!(["a", "b", "c"]), "pair"),
        (json!(7), "`7`"),
        (json!({"role": "user", "content": 7}), "`7`"),
    ] {
        let error = serde_json::from_value::<Message>(form).unwrap_err().to_string();
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn writing_and_reading_loses_nothing() {
    let blocks = json!([
        {"type": "text", "text": "look", "annotations": [1]},
        {"type": "reasoning", "reasoning": "hm", "signature": "s", "extras": {"k": 1}},
        {"type": "image", "base64": "AAAA", "mime_type": "image/png", "detail": "low"},
        {"type": "image_url", "image_url": {"url": "https://x/y"}},
        {"type": "file", "file_id": "f1"},
        {"type": "tool_call", "name": "f", "args": {}, "id": "c"},
        {"type": "hologram", "depth": [1, null]},
        {"no": "type"},
        {"type": "text", "text": 7},
    ]);
    let message = read(json!({"type": "ai", "content": blocks}));
    assert!(matches!(message.blocks()[3], ContentBlock::Unknown(_)));
    assert!(matches!(message.blocks()[2], ContentBlock::Image(_)));
    assert_eq!(serde_json::to_value(message.content()).unwrap(), blocks);
    let full = message
        .with_id("m")
        .with_name("n")
        .with_usage(Usage::new(1, 2))
        .with_response_metadata("finish_reason", "stop")
        .with_additional_kwarg("refusal", "no")
        .with_invalid_tool_calls([InvalidToolCall { args: "{".into(), ..InvalidToolCall::default() }]);
    let tool = Message::tool("c", "oops").with_status(ToolStatus::Error).with_artifact(json!([1]));
    for message in [full, tool, Message::remove("x"), Message::system("s"), Message::user("")] {
        let json = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<Message>(&json).unwrap(), message);
    }
}

#[test]
fn messages_are_one_or_many() {
    let list = |value: Value| serde_json::from_value::<Messages>(value).unwrap();
    assert_eq!(list(json!({"role": "user", "content": "a"})).len(), 1);
    assert_eq!(list(json!("a")).len(), 1);
    assert_eq!(list(json!([{"role": "user", "content": "a"}, "b", ["ai", "c"]])).len(), 3);
    assert_eq!(list(json!(["user", "a"])).as_ref(), [Message::user("a")]);
    assert_eq!(list(json!(["hello", "there"])).len(), 2);
    assert_eq!(serde_json::to_value(Messages::from(Message::user("a"))).unwrap().as_array().map(Vec::len), Some(1));
}

/// Golden 30: what LangGraph streams for a call of `add`, and for text with usage on the last chunk.
#[test]
fn golden_30_chunks() {
    let strip = |chunk: &MessageChunk| {
        let Value::Object(mut map) = serde_json::to_value(chunk).unwrap() else { panic!("not an object") };
        map.retain(|_, value| !value.is_null() && *value != json!([]) && *value != json!({}));
        Value::Object(map)
    };
    let call = |fragment: ToolCallChunk| MessageChunk::new("").with_id("ai-0").with_tool_call_chunk(fragment);

    let first = call(ToolCallChunk::new(0).with_name("add").with_args("").with_id("call_1"));
    let want = json!({"type": "AIMessageChunk", "content": "", "id": "ai-0",
        "tool_calls": [{"name": "add", "args": {}, "id": "call_1", "type": "tool_call"}],
        "tool_call_chunks": [{"name": "add", "args": "", "id": "call_1", "index": 0, "type": "tool_call_chunk"}]});
    assert_eq!(strip(&first), want);

    let second = call(ToolCallChunk::new(0).with_args("{\"a\": 1,"));
    let want = json!({"type": "AIMessageChunk", "content": "", "id": "ai-0",
        "tool_calls": [{"name": "", "args": {"a": 1}, "id": null, "type": "tool_call"}],
        "tool_call_chunks": [{"name": null, "args": "{\"a\": 1,", "id": null, "index": 0, "type": "tool_call_chunk"}]});
    assert_eq!(strip(&second), want);

    let third = strip(&call(ToolCallChunk::new(0).with_args(" \"b\": 2}")).into_last());
    assert_eq!((third.get("tool_calls"), &third["chunk_position"]), (None, &json!("last")));

    let last = MessageChunk::new("!").with_id("ai-1").with_usage(Usage::new(5, 3)).into_last();
    let want = json!({"type": "AIMessageChunk", "content": "!", "id": "ai-1", "chunk_position": "last",
        "usage_metadata": {"input_tokens": 5, "output_tokens": 3, "total_tokens": 8}});
    assert_eq!(strip(&last), want);

    for chunk in [first, second, last.with_reasoning("hm").with_finish_reason("stop")] {
        let json = serde_json::to_string(&chunk).unwrap();
        assert_eq!(serde_json::from_str::<MessageChunk>(&json).unwrap(), chunk);
    }
}

#[test]
fn a_whole_message_is_a_chunk_and_stays_a_message() {
    let call = ToolCall::new("c", "f", json!({"a": 1}));
    let bad = InvalidToolCall { name: "g".into(), args: "{".into(), id: "d".into(), error: Some("cut".into()) };
    let reply = Message::assistant(vec![ContentBlock::reasoning("hm"), ContentBlock::text("yes")])
        .with_id("m")
        .with_tool_calls([call])
        .with_invalid_tool_calls([bad])
        .with_usage(Usage::new(1, 2))
        .with_response_metadata("finish_reason", "stop");
    for message in [reply.clone(), Message::tool("c", "6").with_id("t"), Message::user("hi")] {
        let chunk = MessageChunk::from(message.clone());
        assert_eq!((chunk.whole(), chunk.id(), chunk.is_last()), (Some(&message), message.id(), true));
        let json = serde_json::to_value(&chunk).unwrap();
        assert_eq!(json, serde_json::to_value(&message).unwrap());
        assert_eq!(serde_json::from_value::<MessageChunk>(json).unwrap(), chunk);
    }
    let mut accumulator = MessageAccumulator::new();
    accumulator.push(&reply.clone().into());
    let again = accumulator.finish();
    assert_eq!(
        (again.content(), again.tool_calls(), again.usage()),
        (reply.content(), reply.tool_calls(), reply.usage())
    );
    assert_eq!(again.invalid_tool_calls().len(), 1);
}

#[test]
fn calls_are_read_without_their_type() {
    let message = read(json!({"type": "ai", "content": "", "tool_calls": [{"name": "f", "args": {}, "id": null}],
        "invalid_tool_calls": [{"name": null, "args": "{", "id": "x", "error": null}]}));
    assert_eq!(message.tool_calls(), [ToolCall::new("", "f", json!({}))]);
    assert_eq!(
        (message.invalid_tool_calls()[0].id.as_str(), message.invalid_tool_calls()[0].args.as_str()),
        ("x", "{")
    );
}

#[test]
fn a_message_reads_well_in_a_terminal() {
    let call = Message::assistant("Let me see.").with_tool_calls([ToolCall::new("c", "add", json!({"a": 1}))]);
    assert_eq!(call.to_string(), "assistant: Let me see. calls add({\"a\":1})");
    assert_eq!(Message::tool("c", "6").with_name("add").to_string(), "tool add: 6");
    assert_eq!(
        Message::user(vec![ContentBlock::text("hi"), ContentBlock::image_url("u")]).to_string(),
        "user: hi [image]"
    );
    assert_eq!(Message::remove("m1").to_string(), "remove m1");
}

#[test]
fn a_text_chunk_is_small_and_a_message_one_pointer() {
    assert_eq!(size_of::<Message>(), size_of::<usize>());
    assert!(size_of::<MessageChunk>() <= 6 * size_of::<usize>());
}
