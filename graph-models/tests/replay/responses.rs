//! OpenAI's Responses: recordings, and what only this protocol has.
use graph_core::message::{ContentBlock, Message, MessageChunk};
use graph_core::model::{ChatModel, ModelError, Prompt};
use graph_models::OpenAiResponses;
use serde_json::{Value, json};

use super::providers::{SSE, typed};
use super::server::{Answer, Outcome, Server, call, recording};

async fn play(answer: Answer) -> Outcome {
    let server = Server::start(vec![answer]).await;
    call(&OpenAiResponses::builder().base_url(&server.url).max_retries(0).build().unwrap()).await
}

async fn events(events: &[(&str, Value)]) -> Outcome {
    let events: Vec<String> = events.iter().map(|(kind, fields)| typed(kind, fields.clone())).collect();
    play(Answer::whole(format!("{SSE}{}", events.concat()))).await
}

/// The values at a path in the events of a recording, read without our decoder.
fn in_events(name: &str, path: &str) -> Vec<Value> {
    let text = String::from_utf8(recording(name)).unwrap();
    let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
    data.filter_map(|data| serde_json::from_str::<Value>(data).ok()?.pointer(path).cloned()).collect()
}

#[tokio::test]
async fn recorded_streams() {
    for name in ["responses_stream_text", "responses_stream_maxtok", "responses_stream_reasoning"] {
        for sizes in [vec![1 << 20], vec![1], vec![7], vec![1000]] {
            let outcome = play(Answer::pieces(&recording(name), &sizes)).await;
            let message = outcome.good();
            let said: String = in_events(name, "/text").iter().filter_map(Value::as_str).collect();
            assert!(!said.is_empty());
            assert_eq!(message.text(), in_events(name, "/text").last().unwrap().as_str().unwrap(), "{name}");
            let usage = &in_events(name, "/response/usage")[0];
            let got = message.usage().unwrap();
            assert_eq!(
                (json!(got.input_tokens), json!(got.output_tokens)),
                (usage["input_tokens"].clone(), usage["output_tokens"].clone())
            );
            assert_eq!(json!(message.id()), in_events(name, "/response/id")[0]);
        }
    }
    let outcome = play(Answer::whole(recording("responses_stream_reasoning"))).await;
    let streamed: String = outcome.chunks.iter().map(MessageChunk::reasoning).collect();
    let item = &in_events("responses_stream_reasoning", "/response/output/0")[0];
    assert_eq!(json!(streamed), item["content"][0]["text"]);
    let message = outcome.good();
    let ContentBlock::Reasoning(block) = &message.blocks()[0] else { panic!("{message:?}") };
    assert_eq!((json!(block.reasoning), &block.extra["id"]), (json!(streamed), &item["id"]));
    assert_eq!(message.blocks().len(), 2);
}

#[tokio::test]
async fn recorded_whole_replies() {
    let message = play(Answer::whole(recording("responses_nonstream_text"))).await.good();
    assert!(!message.text().is_empty() && message.usage().is_some());
    let message = play(Answer::whole(recording("responses_nonstream_tools"))).await.good();
    let calls: Vec<String> = message.tool_calls().iter().map(ToString::to_string).collect();
    assert_eq!(calls, [r#"get_weather({"city":"Tokyo","days":4})"#, r#"get_time({"tz":"UTC"})"#]);
    assert_eq!(message.tool_calls()[0].id, "call_x6PX90BOvglYeOwLqvbMwEoSOVLx7ViM");
    assert_eq!(message.response_metadata()["finish_reason"], json!("tool_calls"));
}

#[tokio::test]
async fn recorded_calls() {
    for sizes in [vec![1 << 20], vec![1], vec![7], vec![1000]] {
        let outcome = play(Answer::pieces(&recording("responses_stream_tools"), &sizes)).await;
        let message = outcome.good();
        let calls: Vec<String> = message.tool_calls().iter().map(ToString::to_string).collect();
        assert_eq!(calls, [r#"get_weather({"city":"Tokyo","days":4})"#, r#"get_time({"tz":"UTC"})"#]);
        let ids = in_events("responses_stream_tools", "/response/output/0/call_id");
        assert_eq!(json!(message.tool_calls()[0].id), ids[0]);
        let fragments = outcome.chunks.iter().flat_map(MessageChunk::tool_call_chunks).count();
        assert!(fragments > 10, "the arguments come piece by piece: {fragments}");
    }
}

/// llama.cpp calls such a reply complete.
#[tokio::test]
async fn a_reply_as_long_as_its_limit_is_cut_off() {
    let server = Server::start(vec![Answer::whole(recording("responses_stream_maxtok"))]).await;
    let model = OpenAiResponses::builder().base_url(&server.url).build().unwrap();
    let message = model.complete(Prompt::new("hi").max_tokens(4)).await.unwrap();
    assert_eq!(message.response_metadata()["finish_reason"], json!("length"));
}

/// Encrypted reasoning goes through a message, its JSON, and back to the provider, in its place.
#[tokio::test]
async fn reasoning_survives_the_history() {
    let thought = |id: &str, text: &str| json!({"type": "reasoning", "id": id, "summary": [{"type": "summary_text", "text": text}], "encrypted_content": format!("e-{id}")});
    let call = |id: &str| json!({"type": "function_call", "id": format!("fc_{id}"), "call_id": id, "name": "f", "arguments": "{}"});
    let output = [thought("rs_1", "hm"), call("a"), thought("rs_2", ""), call("b")];
    let mut stream = vec![("response.created", json!({"response": {"id": "x", "status": "in_progress"}}))];
    stream.push(("response.reasoning_summary_part.added", json!({"item_id": "rs_1", "summary_index": 0})));
    stream
        .push(("response.reasoning_summary_text.delta", json!({"item_id": "rs_1", "summary_index": 0, "delta": "hm"})));
    for (index, item) in output.iter().enumerate() {
        stream.push(("response.output_item.added", json!({"output_index": index, "item": item})));
        stream.push(("response.output_item.done", json!({"output_index": index, "item": item})));
    }
    stream.push(("response.completed", json!({"response": {"id": "x", "status": "completed", "output": output}})));
    let message = events(&stream).await.good();
    let stored: Message = serde_json::from_value(serde_json::to_value(&message).unwrap()).unwrap();
    assert_eq!(stored, message);
    assert_eq!(message.usage(), None, "unknown is not zero");

    let server = Server::start(vec![Answer::status("404 X", "", "application/json", "{}")]).await;
    let model = OpenAiResponses::builder().base_url(&server.url).max_retries(0).build().unwrap();
    assert!(model.complete(vec![Message::user("hi"), stored].into()).await.is_err());
    let request = server.requests()[0].clone();
    assert!(request.starts_with("POST /v1/responses "), "{request}");
    let body: Value = serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
    let without_id = |id: &str| json!({"type": "function_call", "call_id": id, "name": "f", "arguments": "{}"});
    let want = json!([
        {"role": "user", "content": "hi"},
        thought("rs_1", "hm"), without_id("a"), thought("rs_2", ""), without_id("b")]);
    assert_eq!(body["input"], want);
}

/// llama.cpp gives no index and no end of the arguments, and ends all items at the end of the reply.
#[tokio::test]
async fn calls_without_an_index() {
    let added = |id: &str| json!({"item": {"type": "function_call", "call_id": format!("call_{id}"), "name": id, "arguments": ""}});
    let args = |id: &str, args: &str| json!({"item_id": format!("fc_{id}"), "delta": args});
    let done = |id: &str, args: &str| json!({"type": "function_call", "id": format!("fc_{id}"), "call_id": format!("call_{id}"), "name": id, "arguments": args});
    let message = events(&[
        ("response.output_item.added", added("a")),
        ("response.function_call_arguments.delta", args("a", "{\"x\":")),
        ("response.function_call_arguments.delta", args("a", "1}")),
        ("response.output_item.added", added("b")),
        ("response.function_call_arguments.delta", args("b", "{}")),
        ("response.output_item.done", json!({"item": done("a", "{\"x\":1}")})),
        ("response.output_item.done", json!({"item": done("b", "{}")})),
        (
            "response.completed",
            json!({"response": {"status": "completed", "output": [done("a", "{\"x\":1}"), done("b", "{}")]}}),
        ),
    ])
    .await
    .good();
    let calls: Vec<String> = message.tool_calls().iter().map(ToString::to_string).collect();
    assert_eq!(calls, [r#"a({"x":1})"#, "b({})"]);
    assert_eq!(message.tool_calls()[1].id, "call_b");
}

#[tokio::test]
async fn refusals_failures_and_other_reasons() {
    let message = events(&[
        ("response.refusal.delta", json!({"item_id": "m", "delta": "I can"})),
        ("response.refusal.delta", json!({"item_id": "m", "delta": "not."})),
        ("response.completed", json!({"response": {"status": "completed"}})),
    ])
    .await
    .good();
    assert_eq!(message.response_metadata()["refusal"], json!("I cannot."));

    let filtered = json!({"response": {"status": "incomplete", "incomplete_details": {"reason": "content_filter"}}});
    let message = events(&[("response.incomplete", filtered)]).await.good();
    assert_eq!(message.response_metadata()["finish_reason"], json!("content_filter"));

    for (code, is_limit) in [("rate_limit_exceeded", true), ("server_error", false)] {
        let error = json!({"code": code, "message": "boom"});
        let outcome = events(&[("response.failed", json!({"response": {"status": "failed", "error": error}}))]).await;
        let error = outcome.error.unwrap();
        assert!(error.is_retryable() && error.to_string().contains("boom"), "{error:?}");
        assert_eq!(matches!(error, ModelError::RateLimit(_)), is_limit, "{error:?}");
    }
}

#[tokio::test]
async fn items_of_the_providers_own_tools_are_kept_in_their_place() {
    let search = json!({"type": "web_search_call", "id": "ws", "status": "completed"});
    let message = events(&[
        ("response.output_item.done", json!({"output_index": 0, "item": search})),
        ("response.output_text.delta", json!({"item_id": "m", "output_index": 1, "delta": "a"})),
        ("response.output_text.annotation.added", json!({"item_id": "m", "annotation": {"url": "https://x"}})),
        ("response.completed", json!({"response": {"status": "completed"}})),
    ])
    .await
    .good();
    assert_eq!(message.blocks(), [ContentBlock::Unknown(search), ContentBlock::text("a")]);
    assert_eq!(message.response_metadata()["annotations"], json!([{"url": "https://x"}]));
}

#[tokio::test]
async fn embeddings_by_openais_route() {
    let server = Server::start(vec![Answer::whole(recording("embeddings"))]).await;
    let model = graph_models::OpenAi::builder().base_url(&server.url).embedding_model("e").build().unwrap();
    let vectors = model.embed(&["a", "b"]).await.unwrap();
    assert_eq!((vectors.len(), vectors[0].len(), vectors[1].len()), (2, 576, 576));
    assert!((vectors[0][0] + 0.012_757_875).abs() < 1e-6);
    assert!(server.requests()[0].starts_with("POST /v1/embeddings "));
    let error = model.embed(&["a"]).await.unwrap_err();
    assert!(matches!(error, ModelError::BadResponse { .. }), "another number of embeddings: {error:?}");
}
