//! Anthropic's Messages: recordings, and what only this protocol has.
use graph_core::message::{ContentBlock, Message, MessageChunk};
use graph_core::model::{ModelError, Prompt};
use graph_models::Anthropic;
use serde_json::{Value, json};

use super::providers::{KEY, SSE, typed};
use super::server::{Answer, Outcome, Server, call, recording};

async fn play(answer: Answer) -> Outcome {
    let server = Server::start(vec![answer]).await;
    call(&Anthropic::builder().base_url(server.root()).api_key(KEY).max_retries(0).build().unwrap()).await
}

async fn events(events: &[String]) -> Outcome {
    play(Answer::whole(format!("{SSE}{}", events.concat()))).await
}

/// A stream of these blocks: their beginnings and deltas.
async fn blocks(blocks: &[(Value, &[Value])], stop: Value) -> Outcome {
    let usage = json!({"input_tokens": 2, "output_tokens": 1});
    let mut all = vec![typed("message_start", json!({"message": {"id": "x", "usage": usage}}))];
    for (index, (start, deltas)) in blocks.iter().enumerate() {
        all.push(typed("content_block_start", json!({"index": index, "content_block": start})));
        all.extend(deltas.iter().map(|delta| typed("content_block_delta", json!({"index": index, "delta": delta}))));
        all.push(typed("content_block_stop", json!({ "index": index })));
    }
    all.push(typed("message_delta", json!({"delta": stop, "usage": {"output_tokens": 9}})));
    all.push(typed("message_stop", json!({})));
    events(&all).await
}

/// The values at a path in the events of a recording, read without our decoder.
fn in_events(name: &str, path: &str) -> Vec<Value> {
    let text = String::from_utf8(recording(name)).unwrap();
    let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
    data.filter_map(|data| serde_json::from_str::<Value>(data).ok()?.pointer(path).cloned()).collect()
}

fn joined(values: &[Value]) -> String {
    values.iter().filter_map(Value::as_str).collect()
}

#[tokio::test]
async fn recorded_streams() {
    for (name, reason) in [
        ("anthropic_stream_text", "length"),
        ("anthropic_stream_maxtok", "length"),
        ("anthropic_stream_thinking", "length"),
    ] {
        for sizes in [vec![1 << 20], vec![1], vec![7], vec![1000]] {
            let outcome = play(Answer::pieces(&recording(name), &sizes)).await;
            let message = outcome.good();
            assert_eq!(message.text(), joined(&in_events(name, "/delta/text")), "{name}");
            let thinking: String = outcome.chunks.iter().map(MessageChunk::reasoning).collect();
            assert_eq!(thinking, joined(&in_events(name, "/delta/thinking")), "{name}");
            assert_eq!(message.response_metadata()["finish_reason"], json!(reason), "{name}");
            let usage = message.usage().unwrap();
            let output = in_events(name, "/usage/output_tokens").last().and_then(Value::as_u64);
            assert_eq!(Some(usage.output_tokens), output, "{name}");
            let begun = &in_events(name, "/message/usage")[0];
            let cached = begun["cache_read_input_tokens"].as_u64();
            assert_eq!(usage.input_token_details.as_ref().and_then(|details| details.cache_read), cached);
            assert_eq!(usage.input_tokens, cached.unwrap() + begun["input_tokens"].as_u64().unwrap());
        }
    }
}

#[tokio::test]
async fn recorded_whole_replies_and_an_error() {
    let message = play(Answer::whole(recording("anthropic_nonstream_text"))).await.good();
    assert!(!message.text().is_empty() && message.usage().is_some());
    let message = play(Answer::whole(recording("anthropic_nonstream_tools"))).await.good();
    let calls: Vec<String> = message.tool_calls().iter().map(ToString::to_string).collect();
    assert_eq!(calls, [r#"get_weather({"city":"Tokyo","days":4})"#, r#"get_time({"tz":"UTC"})"#]);
    assert_eq!(message.tool_calls()[1].id, "awS23Qo62LXajkmGvqQSFwSM9laP6IoS");
    let error = play(Answer::whole(recording("anthropic_err"))).await.error.unwrap();
    assert!(matches!(&error, ModelError::Api(api) if api.message == "'messages' is required"), "{error:?}");
}

#[tokio::test]
async fn recorded_calls() {
    for sizes in [vec![1 << 20], vec![1], vec![7], vec![1000]] {
        let message = play(Answer::pieces(&recording("anthropic_stream_tools"), &sizes)).await.good();
        let calls: Vec<String> = message.tool_calls().iter().map(ToString::to_string).collect();
        assert_eq!(calls, [r#"get_weather({"city":"Tokyo","days":4})"#, r#"get_time({"tz":"UTC"})"#]);
        let ids = in_events("anthropic_stream_tools", "/content_block/id");
        assert_eq!(message.tool_calls().iter().map(|call| json!(call.id)).collect::<Vec<_>>(), ids);
        assert_eq!(message.response_metadata()["finish_reason"], json!("tool_calls"));
    }
    let message = play(Answer::whole(recording("anthropic_stream_truncated_args"))).await.good();
    assert!(message.tool_calls().is_empty(), "half a call must never run");
    assert_eq!(message.invalid_tool_calls()[0].args, "{\"city\":");
    assert_eq!(message.response_metadata()["finish_reason"], json!("length"));
}

#[tokio::test]
async fn tokens_are_counted_by_the_provider() {
    let server = Server::start(vec![Answer::whole(recording("anthropic_count_tokens"))]).await;
    let model = Anthropic::builder().base_url(server.root()).api_key(KEY).build().unwrap();
    assert_eq!(model.count_tokens(&Prompt::new("hi").system("s").temperature(0.5)).await, Ok(12));
    let request = &server.requests()[0];
    assert!(request.starts_with("POST /v1/messages/count_tokens "), "{request}");
    let body: Value = serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert!(body.get("max_tokens").is_none() && body.get("temperature").is_none() && body.get("system").is_some());
}

#[tokio::test]
async fn the_headers_of_the_protocol() {
    let server = Server::start(vec![Answer::status("404 X", "", "application/json", "{}")]).await;
    let model = Anthropic::builder().base_url(format!("{}/v1/", server.root())).api_key(KEY).beta("a").beta("b");
    call(&model.build().unwrap()).await;
    let request = server.requests()[0].to_ascii_lowercase();
    assert!(request.starts_with("post /v1/messages "), "{request}");
    for header in ["x-api-key: sk-the-secret-key", "anthropic-version: 2023-06-01", "anthropic-beta: a,b"] {
        assert!(request.contains(&format!("{header}\r\n")), "{header}: {request}");
    }
    assert!(!request.contains("authorization"));
}

/// Signatures and redacted thinking go through a message, its JSON, and back to the provider.
#[tokio::test]
async fn thinking_survives_the_history() {
    let redacted = json!({"type": "redacted_thinking", "data": "opaque=="});
    let outcome = blocks(
        &[
            (
                json!({"type": "thinking", "thinking": "", "signature": ""}),
                &[
                    json!({"type": "thinking_delta", "thinking": "Let "}),
                    json!({"type": "thinking_delta", "thinking": "me"}),
                    json!({"type": "signature_delta", "signature": "sig1"}),
                ],
            ),
            (redacted.clone(), &[]),
            (
                json!({"type": "thinking", "thinking": "", "signature": ""}),
                &[json!({"type": "signature_delta", "signature": "sig2"})],
            ),
            (json!({"type": "text", "text": ""}), &[json!({"type": "text_delta", "text": "So"})]),
            (json!({"type": "tool_use", "id": "t", "name": "f", "input": {}}), &[]),
        ],
        json!({"stop_reason": "tool_use"}),
    )
    .await;
    let message = outcome.good();
    let stored: Message = serde_json::from_value(serde_json::to_value(&message).unwrap()).unwrap();
    assert_eq!(stored, message);
    let server = Server::start(vec![Answer::status("404 X", "", "application/json", "{}")]).await;
    let model = Anthropic::builder().base_url(server.root()).max_retries(0).build().unwrap();
    let history = vec![Message::user("hi"), stored, Message::tool("t", "1")];
    assert!(graph_core::model::ChatModel::complete(&model, history.into()).await.is_err());
    let request = server.requests()[0].clone();
    let body: Value = serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
    let want = json!([
        {"type": "thinking", "thinking": "Let me", "signature": "sig1"},
        redacted,
        {"type": "thinking", "thinking": "", "signature": "sig2"},
        {"type": "text", "text": "So"},
        {"type": "tool_use", "id": "t", "name": "f", "input": {}},
    ]);
    assert_eq!(body["messages"][1]["content"], want);
}

#[tokio::test]
async fn blocks_of_the_providers_own_tools_are_kept_in_their_place() {
    let result = json!({"type": "web_search_tool_result", "tool_use_id": "s", "content": []});
    let outcome = blocks(
        &[
            (json!({"type": "text", "text": "a"}), &[]),
            (
                json!({"type": "server_tool_use", "id": "s", "name": "web_search", "input": {}}),
                &[
                    json!({"type": "input_json_delta", "partial_json": "{\"query\":"}),
                    json!({"type": "input_json_delta", "partial_json": "\"x\"}"}),
                ],
            ),
            (result.clone(), &[]),
            (
                json!({"type": "text", "text": ""}),
                &[
                    json!({"type": "citations_delta", "citation": {"url": "https://x"}}),
                    json!({"type": "text_delta", "text": "b"}),
                ],
            ),
        ],
        json!({"stop_reason": "pause_turn"}),
    )
    .await;
    let message = outcome.good();
    let search = json!({"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"query": "x"}});
    let want = [
        ContentBlock::text("a"),
        ContentBlock::Unknown(search),
        ContentBlock::Unknown(result),
        ContentBlock::text("b"),
    ];
    assert_eq!(message.blocks(), want);
    assert_eq!(message.response_metadata()["citations"], json!([{"url": "https://x"}]));
    assert_eq!(message.response_metadata()["finish_reason"], json!("pause"));
    assert!(message.tool_calls().is_empty());
}

#[tokio::test]
async fn the_id_of_the_request_in_an_error() {
    let error = json!({"error": {"type": "overloaded_error", "message": "m"}, "request_id": "req_7"});
    let outcome = events(&[typed("error", error)]).await;
    assert_eq!(outcome.error.unwrap().api().unwrap().request_id.as_deref(), Some("req_7"));
}

#[tokio::test]
async fn a_refusal_has_its_reason() {
    let details = json!({"type": "refusal", "category": "cyber", "explanation": "no"});
    let stop = json!({"stop_reason": "refusal", "stop_details": details});
    let message = blocks(&[(json!({"type": "text", "text": "I"}), &[])], stop).await.good();
    let metadata = message.response_metadata();
    assert_eq!((&metadata["finish_reason"], &metadata["refusal"]), (&json!("refusal"), &json!("no")));
    assert_eq!(metadata["stop_details"], details);
}

/// llama.cpp begins a block before it ends the one before, ends all at the end, and omits the empty `input`.
#[tokio::test]
async fn blocks_that_interleave() {
    let begin = |index, id: &str| {
        let block = json!({"type": "tool_use", "id": id, "name": id});
        typed("content_block_start", json!({"index": index, "content_block": block}))
    };
    let args = |index, json: &str| {
        let delta = json!({"type": "input_json_delta", "partial_json": json});
        typed("content_block_delta", json!({"index": index, "delta": delta}))
    };
    let end = |index| typed("content_block_stop", json!({ "index": index }));
    let message = events(&[
        typed("message_start", json!({"message": {"id": "x"}})),
        begin(0, "a"),
        args(0, "{\"x\":"),
        begin(1, "b"),
        args(1, "{\"y\":2"),
        args(0, "1}"),
        args(1, "}"),
        end(0),
        end(1),
        typed("message_delta", json!({"delta": {"stop_reason": "tool_use"}})),
        typed("message_stop", json!({})),
    ])
    .await
    .good();
    let calls: Vec<String> = message.tool_calls().iter().map(ToString::to_string).collect();
    assert_eq!(calls, [r#"a({"x":1})"#, r#"b({"y":2})"#]);
    assert_eq!(message.usage(), None, "unknown is not zero");
}

#[tokio::test]
async fn a_call_cut_by_the_token_limit_is_invalid() {
    let call = json!({"type": "tool_use", "id": "t", "name": "f", "input": {}});
    let half = json!({"type": "input_json_delta", "partial_json": "{\"x\": 1, \"y"});
    let message = blocks(&[(call, &[half])], json!({"stop_reason": "max_tokens"})).await.good();
    assert!(message.tool_calls().is_empty());
    assert_eq!(message.invalid_tool_calls()[0].args, "{\"x\": 1, \"y");
}
