//! The same against each route of the server: OpenAI's Chat Completions and Responses, and Anthropic's Messages.
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use graph_core::message::{Message, MessageAccumulator, MessageChunk, ToolCall};
use graph_core::model::{ChatModel, ModelError, Prompt, ToolSpec};
use graph_models::{Anthropic, OpenAi, OpenAiResponses};
use serde_json::{Value, json};

/// A client for each route, with this key; none if there is no server.
fn routes_with(key: Option<String>) -> Vec<(&'static str, Arc<dyn ChatModel>)> {
    let Ok(url) = std::env::var("GRAPH_TEST_MODEL_URL") else {
        println!("skipped: GRAPH_TEST_MODEL_URL is not set");
        return Vec::new();
    };
    let key = key.unwrap_or_else(|| "none".to_owned());
    let (model, wait) = ("smollm2", Duration::from_mins(2));
    let chat = OpenAi::builder().base_url(&url).model(model).api_key(&*key).first_token_timeout(wait);
    let responses = OpenAiResponses::builder().base_url(&url).model(model).api_key(&*key).first_token_timeout(wait);
    let messages = Anthropic::builder().base_url(&url).model(model).api_key(&*key).first_token_timeout(wait);
    vec![
        ("chat", Arc::new(chat.build().unwrap())),
        ("responses", Arc::new(responses.build().unwrap())),
        ("messages", Arc::new(messages.build().unwrap())),
    ]
}

fn key() -> Option<String> {
    std::env::var("GRAPH_TEST_MODEL_KEY").ok()
}

fn routes() -> Vec<(&'static str, Arc<dyn ChatModel>)> {
    routes_with(key())
}

fn short(prompt: impl Into<Prompt>) -> Prompt {
    Prompt::new(prompt).temperature(0.0).max_tokens(24)
}

#[tokio::test]
async fn a_reply_comes_token_by_token() {
    for (route, model) in routes() {
        let stream = model.generate(short("Write one sentence about cats.")).await.unwrap();
        let chunks: Vec<MessageChunk> = stream.map(Result::unwrap).collect().await;
        assert!(chunks.len() > 3, "{route}: {chunks:?}");
        assert!(chunks.iter().all(|chunk| chunk.id() == chunks[0].id() && !chunk.id().is_empty()), "{route}");
        assert!(
            chunks.last().unwrap().is_last() && chunks.iter().filter(|chunk| chunk.is_last()).count() == 1,
            "{route}"
        );
        let mut reply = MessageAccumulator::new();
        chunks.iter().for_each(|chunk| reply.push(chunk));
        let message = reply.finish();
        let usage = message.usage().unwrap_or_else(|| panic!("{route}: no usage"));
        assert!(usage.input_tokens > 0 && usage.output_tokens > 0, "{route}: {usage:?}");
        let reason = message.response_metadata()["finish_reason"].as_str().unwrap();
        assert!(["stop", "length"].contains(&reason), "{route}: {reason}");
    }
}

fn tools() -> [ToolSpec; 2] {
    let schema = |name: &str, kind: Value| json!({"type": "object", "additionalProperties": false, "required": [name], "properties": {name: kind}});
    let city = json!({"type": "string", "enum": ["Paris", "Tokyo"]});
    let zone = json!({"type": "string", "enum": ["UTC", "JST"]});
    [
        ToolSpec::new("get_weather", "Get weather", schema("city", city)),
        ToolSpec::new("get_time", "Get time", schema("tz", zone)),
    ]
}

/// A question about the weather in a city and the time in a zone, and the two calls that answer it.
fn asked(number: usize, city: &str, zone: &str) -> [Message; 4] {
    let ids = [format!("call_{number}a"), format!("call_{number}b")];
    let weather = ToolCall::new(&*ids[0], "get_weather", json!({"city": city}));
    let time = ToolCall::new(&*ids[1], "get_time", json!({"tz": zone}));
    [
        Message::user(format!("Weather in {city} and time in {zone}?")),
        Message::assistant("").with_tool_calls([weather, time]),
        Message::tool(&ids[0], "ok"),
        Message::tool(&ids[1], "ok"),
    ]
}

/// A small model calls tools only after examples.
#[tokio::test]
async fn two_calls_in_one_reply() {
    for (route, model) in routes() {
        let mut messages = Vec::new();
        for (number, city, zone) in [(1, "Tokyo", "JST"), (2, "Paris", "UTC"), (3, "Tokyo", "UTC")] {
            messages.extend(asked(number, city, zone));
        }
        messages.push(Message::user("Weather in Paris and time in JST?"));
        let reply = model.complete(short(messages).max_tokens(100).tools(tools())).await.unwrap();
        let names: Vec<&str> = reply.tool_calls().iter().map(|call| call.name.as_str()).collect();
        assert_eq!(names, ["get_weather", "get_time"], "{route}: {reply}");
        assert_ne!(reply.tool_calls()[0].id, reply.tool_calls()[1].id, "{route}");
        assert_eq!(reply.response_metadata()["finish_reason"], json!("tool_calls"), "{route}");
    }
}

/// A loop of model and tool that ends with an answer, after examples that do.
#[tokio::test]
async fn an_agent_loop_ends() {
    for (route, model) in routes() {
        let [weather, _] = tools();
        let mut messages = Vec::new();
        for (number, city, sky) in [(1, "Tokyo", "rain"), (2, "Paris", "sun"), (3, "Tokyo", "snow")] {
            let id = format!("call_{number}");
            let call = ToolCall::new(&*id, "get_weather", json!({"city": city}));
            messages.push(Message::user(format!("Weather in {city}?")));
            messages.push(Message::assistant("").with_tool_calls([call]));
            messages.push(Message::tool(&id, sky));
            messages.push(Message::assistant(format!("The weather in {city} is {sky}.")));
        }
        messages.push(Message::user("Weather in Paris?"));
        let mut executed = 0;
        for _ in 0..4 {
            let reply = model.complete(short(messages.clone()).max_tokens(60).tools([weather.clone()])).await.unwrap();
            messages.push(reply.clone());
            if reply.tool_calls().is_empty() {
                break;
            }
            executed += 1;
            messages.extend(reply.tool_calls().iter().map(|call| Message::tool(&call.id, "fog")));
        }
        let last = messages.last().unwrap();
        assert!(executed >= 1 && last.tool_calls().is_empty() && !last.text().is_empty(), "{route}: {last}");
        println!("{route}: {last}");
    }
}

#[tokio::test]
async fn a_wrong_key_is_refused() {
    if key().is_none() {
        return;
    }
    for (route, model) in routes_with(Some("sk-wrong-key".to_owned())) {
        let error = model.complete(short("hi")).await.unwrap_err();
        assert!(matches!(error, ModelError::Authentication(_)), "{route}: {error:?}");
        assert!(!error.to_string().contains("sk-wrong-key"), "{route}: {error}");
    }
}

/// After a stream is dropped, the server must serve others at once.
#[tokio::test]
async fn a_dropped_stream_frees_the_server() {
    for (route, model) in routes() {
        for _ in 0..3 {
            let mut stream = model.generate(short("Count to one hundred.").max_tokens(400)).await.unwrap();
            assert!(stream.next().await.unwrap().is_ok());
        }
        let reply = tokio::time::timeout(Duration::from_mins(1), model.complete(short("Say hello."))).await;
        assert!(!reply.expect("the server is busy with what nobody reads").unwrap().text().is_empty(), "{route}");
    }
}

#[tokio::test]
async fn texts_are_embedded_and_tokens_counted() {
    let Ok(url) = std::env::var("GRAPH_TEST_MODEL_URL") else { return };
    let key = key().unwrap_or_else(|| "none".to_owned());
    let openai = OpenAi::builder().base_url(&url).api_key(&*key).embedding_model("smollm2").build().unwrap();
    match openai.embed(&["a cat sat on a mat", "a cat sat on the mat", "42"]).await {
        Ok(vectors) => {
            let near = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
            assert!(vectors.len() == 3 && near(&vectors[0], &vectors[1]) > near(&vectors[0], &vectors[2]));
        }
        // Of a server that was started without `--embedding`.
        Err(error) => assert_eq!(error.api().and_then(|api| api.status), Some(501), "{error:?}"),
    }
    let anthropic = Anthropic::builder().base_url(&url).model("smollm2").api_key(&*key).build().unwrap();
    assert!(anthropic.count_tokens(&Prompt::new("Say hello.")).await.unwrap() > 3);
}
