//! What only the Gemini API has.
use std::time::Duration;

use graph_core::message::{ContentBlock, Message, ReasoningBlock};
use graph_core::model::{ChatModel, ModelError, Prompt};
use graph_models::Gemini;
use serde_json::{Value, json};

use super::providers::{SSE, gemini_event as event, gemini_reply as reply};
use super::server::{Answer, Outcome, Server, call};

async fn play(answer: Answer) -> Outcome {
    let server = Server::start(vec![answer]).await;
    call(&Gemini::builder().base_url(&server.url).max_retries(0).build().unwrap()).await
}

async fn events(replies: &[Value]) -> Outcome {
    play(Answer::whole(format!("{SSE}{}", replies.iter().map(event).collect::<String>()))).await
}

/// Signatures of thoughts, calls and texts go through a message, its JSON, and back to the provider.
#[tokio::test]
async fn signatures_survive_the_history() {
    let outcome = events(&[
        reply(&[json!({"text": "hm", "thought": true})], None, 1),
        reply(&[json!({"text": "!", "thought": true, "thoughtSignature": "s0"})], None, 2),
        reply(&[json!({"text": "So"})], None, 3),
        reply(&[json!({"text": "", "thoughtSignature": "s1"})], None, 3),
        reply(
            &[
                json!({"functionCall": {"name": "f", "args": {"x": 1}}, "thoughtSignature": "s2"}),
                json!({"functionCall": {"name": "g", "args": {}}}),
            ],
            Some("STOP"),
            5,
        ),
    ])
    .await;
    let message = outcome.good();
    let stored: Message = serde_json::from_value(serde_json::to_value(&message).unwrap()).unwrap();
    assert_eq!(stored, message);
    let thought = ReasoningBlock { reasoning: "hm!".into(), signature: Some("s0".into()), ..ReasoningBlock::default() };
    assert_eq!(message.blocks(), [ContentBlock::Reasoning(thought), ContentBlock::text("So")]);
    assert_eq!(message.response_metadata()["finish_reason"], json!("tool_calls"));
    assert_eq!(message.response_metadata()["native_finish_reason"], json!("STOP"));

    let server = Server::start(vec![Answer::status("404 X", "", "application/json", "{}")]).await;
    let model = Gemini::builder().base_url(&server.url).model("m").max_retries(0).build().unwrap();
    let id = stored.tool_calls()[0].id.clone();
    let history = vec![Message::user("hi"), stored.clone(), Message::tool(id, "1")];
    assert!(model.complete(history.into()).await.is_err());
    let request = server.requests()[0].clone();
    assert!(request.starts_with("POST /v1/models/m:streamGenerateContent?alt=sse "), "{request}");
    let body: Value = serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
    let want = json!([
        {"text": "hm!", "thought": true, "thoughtSignature": "s0"},
        {"text": "So", "thoughtSignature": "s1"},
        {"functionCall": {"name": "f", "args": {"x": 1}}, "thoughtSignature": "s2"},
        {"functionCall": {"name": "g", "args": {}}},
    ]);
    assert_eq!(body["contents"][1]["parts"], want);
    assert_eq!(body["contents"][2]["parts"][0]["functionResponse"]["name"], json!("f"));

    let foreign = stored.with_response_metadata("model_provider", "openai");
    assert!(model.complete(foreign.into()).await.is_err());
    assert!(!server.requests()[1].contains("thoughtSignature"));
}

#[tokio::test]
async fn a_blocked_prompt_and_a_blocked_reply() {
    let error = events(&[json!({"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": {}})]).await.error;
    assert!(
        matches!(&error, Some(ModelError::ContentFilter(api)) if api.code.as_deref() == Some("SAFETY")),
        "{error:?}"
    );
    let stopped = json!({"candidates": [{"finishReason": "SAFETY"}]});
    let message = events(&[reply(&[json!({"text": "a"})], None, 1), stopped]).await.good();
    assert_eq!(message.response_metadata()["finish_reason"], json!("content_filter"));
}

#[tokio::test]
async fn the_wait_in_the_details_of_an_error() {
    let details = json!([{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "30.5s"}]);
    let error = json!({"error": {"code": 429, "message": "m", "status": "RESOURCE_EXHAUSTED", "details": details}});
    let error = play(Answer::status("429 X", "", "application/json", &error.to_string())).await.error.unwrap();
    assert_eq!(error.retry_after(), Some(Duration::from_millis(30_500)), "{error:?}");
}

#[tokio::test]
async fn thoughts_are_part_of_the_usage_and_counts_of_zero_are_left_out() {
    let usage = |usage: Value| {
        let mut last = reply(&[], Some("STOP"), 0);
        last["usageMetadata"] = usage;
        async move { events(&[reply(&[json!({"text": "a"})], None, 1), last]).await.good().usage().cloned().unwrap() }
    };
    let thoughtful = usage(
        json!({"promptTokenCount": 5, "candidatesTokenCount": 2, "thoughtsTokenCount": 3, "totalTokenCount": 10}),
    )
    .await;
    assert_eq!((thoughtful.input_tokens, thoughtful.output_tokens), (5, 5));
    assert_eq!(thoughtful.output_token_details.unwrap().reasoning, Some(3));
    let silent = usage(json!({"promptTokenCount": 5, "totalTokenCount": 5})).await;
    assert_eq!((silent.input_tokens, silent.output_tokens, silent.total_tokens), (5, 0, 5));
}

#[tokio::test]
async fn a_stream_in_the_form_of_a_list() {
    let list = json!([reply(&[json!({"text": "a"})], None, 1), reply(&[json!({"text": "b"})], Some("STOP"), 5)]);
    let message = play(Answer::status("200 OK", "", "application/json", &list.to_string())).await.good();
    assert_eq!(message.text(), "ab");
}

#[tokio::test]
async fn embeddings_in_batches_and_a_count_of_tokens() {
    let batch = |count: usize| {
        let embeddings: Vec<Value> = (0..count).map(|number| json!({"values": [number, 0.5]})).collect();
        Answer::status("200 OK", "", "application/json", &json!({ "embeddings": embeddings }).to_string())
    };
    let server = Server::start(vec![batch(100), batch(1)]).await;
    let model = Gemini::builder().base_url(&server.url).embedding_model("e").build().unwrap();
    let vectors = model.embed(&vec!["a"; 101]).await.unwrap();
    assert_eq!((vectors.len(), vectors[99].clone(), vectors[100].clone()), (101, vec![99.0, 0.5], vec![0.0, 0.5]));
    assert!(server.requests()[1].starts_with("POST /v1/models/e:batchEmbedContents "));

    let count = Answer::status("200 OK", "", "application/json", r#"{"totalTokens":12}"#);
    let server = Server::start(vec![count]).await;
    let model = Gemini::builder().base_url(&server.url).model("m").build().unwrap();
    assert_eq!(model.count_tokens(&Prompt::new("hi")).await, Ok(12));
    assert!(server.requests()[0].contains(r#""model":"models/m""#), "{}", server.requests()[0]);
}
