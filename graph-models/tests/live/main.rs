//! Tests the client against a real model server, if there is one: `scripts/llm_up.sh` starts it.
//!
//! `GRAPH_TEST_MODEL_URL` is its base URL, such as `http://127.0.0.1:18080/v1`; `GRAPH_TEST_MODEL` and
//! `GRAPH_TEST_MODEL_KEY` may set a model and a key. The output of a small model varies, so the tests check only its
//! structure.
#![allow(missing_docs, clippy::unwrap_used)]

mod routes;

use std::time::Duration;

use futures_util::StreamExt;
use graph_core::message::{Message, MessageAccumulator, MessageChunk, ToolCall};
use graph_core::model::{ChatModel, ModelError, Prompt, ToolSpec};
use graph_models::{OpenAi, OpenAiBuilder};
use serde_json::{Value, json};

/// The client of the server under test; `None` if there is none.
fn client() -> Option<OpenAiBuilder> {
    let Ok(url) = std::env::var("GRAPH_TEST_MODEL_URL") else {
        println!("skipped: GRAPH_TEST_MODEL_URL is not set");
        return None;
    };
    let mut builder = OpenAi::builder()
        .base_url(url)
        .model(std::env::var("GRAPH_TEST_MODEL").unwrap_or_else(|_| "smollm2".to_owned()))
        .first_token_timeout(Duration::from_mins(2));
    if let Ok(key) = std::env::var("GRAPH_TEST_MODEL_KEY") {
        builder = builder.api_key(key);
    }
    Some(builder)
}

fn short(prompt: impl Into<Prompt>) -> Prompt {
    Prompt::new(prompt).temperature(0.0).seed(1).max_tokens(24)
}

async fn chunks(model: &OpenAi, prompt: Prompt) -> Vec<MessageChunk> {
    model.generate(prompt).await.unwrap().map(Result::unwrap).collect().await
}

fn message(chunks: &[MessageChunk]) -> Message {
    let mut reply = MessageAccumulator::new();
    chunks.iter().for_each(|chunk| reply.push(chunk));
    reply.finish()
}

#[tokio::test]
async fn a_reply_comes_token_by_token() {
    let Some(builder) = client() else { return };
    let chunks = chunks(&builder.build().unwrap(), short("Write one sentence about cats.")).await;
    assert!(chunks.len() > 3, "{chunks:?}");
    assert!(chunks.iter().all(|chunk| chunk.id() == chunks[0].id() && !chunk.id().is_empty()));
    assert_eq!(chunks.iter().filter(|chunk| chunk.is_last()).count(), 1);
    assert!(chunks[..chunks.len() - 1].iter().all(|chunk| !chunk.text().is_empty()), "empty tokens never arrive");
    let message = message(&chunks);
    let usage = message.usage().expect("usage was asked for");
    assert!(usage.output_tokens > 0 && usage.total_tokens == usage.input_tokens + usage.output_tokens, "{usage:?}");
    assert!(["stop", "length"].contains(&message.response_metadata()["finish_reason"].as_str().unwrap()));
    println!("{message}");
}

#[tokio::test]
async fn a_whole_answer_has_the_same_form() {
    let Some(builder) = client() else { return };
    let message = builder.streaming(false).build().unwrap().complete(short("Say hello.")).await.unwrap();
    assert!(!message.text().is_empty() && message.usage().is_some() && !message.id().is_empty());
}

#[tokio::test]
async fn a_schema_is_kept() {
    let Some(builder) = client() else { return };
    let schema = json!({"type": "object", "additionalProperties": false, "required": ["age", "tag"], "properties": {
        "age": {"type": "integer", "minimum": 0, "maximum": 120}, "tag": {"type": "string", "enum": ["a", "b"]}}});
    let prompt = short("Make up a person as JSON.").json_schema("person", schema).max_tokens(60);
    let reply = builder.build().unwrap().complete(prompt).await.unwrap();
    let value: Value = serde_json::from_str(&reply.text()).unwrap();
    assert!(value["age"].is_u64() && ["a", "b"].contains(&value["tag"].as_str().unwrap()), "{value}");
}

/// A small model calls tools only after examples, so the prompt includes some calls and results.
#[tokio::test]
async fn a_tool_is_called_in_fragments() {
    let Some(builder) = client() else { return };
    let schema = json!({"type": "object", "additionalProperties": false, "required": ["city", "days"], "properties": {
        "city": {"type": "string", "enum": ["Paris", "Tokyo"]}, "days": {"type": "integer", "minimum": 1, "maximum": 9}}});
    let tool = ToolSpec::new("get_weather", "Get the weather", schema);
    let mut messages = Vec::new();
    for (number, city, days) in [(1, "Tokyo", 2), (2, "Paris", 5), (3, "Tokyo", 4)] {
        let call = ToolCall::new(format!("call_{number}"), "get_weather", json!({"city": city, "days": days}));
        messages.push(Message::user(format!("Weather in {city} for {days} days?")));
        messages.push(Message::assistant("").with_tool_calls([call]));
        messages.push(Message::tool(format!("call_{number}"), "ok"));
    }
    messages.push(Message::user("Weather in Paris for 3 days?"));
    let prompt = short(messages).max_tokens(60).tools([tool]);
    let chunks = chunks(&builder.build().unwrap(), prompt).await;
    let fragments = chunks.iter().map(|chunk| chunk.tool_call_chunks().len()).sum::<usize>();
    let message = message(&chunks);
    println!("{fragments} fragments: {message}");
    let call = message.tool_calls().first().expect("a tool call");
    assert!(fragments > 1 && call.name == "get_weather" && !call.id.is_empty());
    assert!(call.args["city"].is_string() && call.args["days"].is_u64(), "{call}");
}

#[tokio::test]
async fn errors_are_classified() {
    let Some(builder) = client() else { return };
    let model = builder.clone().build().unwrap();
    let endless = Prompt::new("word ".repeat(20_000));
    let error = model.complete(endless).await.unwrap_err();
    assert!(matches!(error, ModelError::ContextOverflow(_)), "{error:?}");
    let base = std::env::var("GRAPH_TEST_MODEL_URL").unwrap();
    let nowhere = builder.base_url(format!("{}/nowhere", base.trim_end_matches('/'))).max_retries(0).build().unwrap();
    let error = nowhere.complete("hi".into()).await.unwrap_err();
    assert_eq!(error.api().and_then(|api| api.status), Some(404), "{error:?}");
}

/// After a stream is dropped, the server must serve others at once, and the connections can be reused.
#[tokio::test]
async fn a_dropped_stream_frees_the_server() {
    let Some(builder) = client() else { return };
    let model = builder.build().unwrap();
    for _ in 0..3 {
        let mut stream = model.generate(short("Count to one hundred.").max_tokens(400)).await.unwrap();
        assert!(stream.next().await.unwrap().is_ok());
        drop(stream);
    }
    let reply = tokio::time::timeout(Duration::from_mins(1), model.complete(short("Say hello."))).await;
    assert!(!reply.expect("the server is still busy with what nobody reads").unwrap().text().is_empty());
}
