use std::time::Duration;

use graph_core::message::{ContentBlock, InvalidToolCall, ToolCall};
use graph_core::model::Strict;
use serde_json::json;

use super::super::client::Inner;
use super::super::{MaxTokensField, OpenAi, OpenAiBuilder};
use super::*;

fn client() -> OpenAiBuilder {
    OpenAi::builder().base_url("http://127.0.0.1:1/v1").model("m").connect_timeout(Duration::from_secs(1))
}

fn body_of(builder: OpenAiBuilder, prompt: impl Into<Prompt>) -> Value {
    try_body(&builder.build().unwrap(), &prompt.into()).unwrap()
}

fn try_body(client: &OpenAi, prompt: &Prompt) -> Result<Value, ModelError> {
    let Inner { http, quirks, .. } = &*client.0;
    body(&http.model, http.streaming, quirks, prompt).map(Value::from)
}

#[test]
fn a_plain_prompt_is_a_plain_body() {
    let want = json!({"model": "m", "stream": true, "stream_options": {"include_usage": true},
        "messages": [{"role": "user", "content": "hi"}]});
    assert_eq!(body_of(client(), "hi"), want);
    let want = json!({"model": "m", "stream": false, "messages": [{"role": "user", "content": "hi"}]});
    assert_eq!(body_of(client().streaming(false), "hi"), want);
}

#[test]
fn options_have_the_providers_names() {
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false});
    let prompt = Prompt::new("hi")
        .temperature(0.7)
        .max_tokens(5)
        .stop("x")
        .seed(1)
        .json_schema("person", schema.clone())
        .tool_choice(ToolChoice::Auto);
    let body = body_of(client(), prompt.clone());
    assert_eq!(body["temperature"], json!(0.7));
    assert_eq!((&body["max_tokens"], &body["stop"], &body["seed"]), (&json!(5), &json!(["x"]), &json!(1)));
    let format = json!({"type": "json_schema", "json_schema": {"name": "person", "strict": true, "schema": schema}});
    assert_eq!(body["response_format"], format);
    assert!(body.get("tool_choice").is_none(), "a choice without tools is an error at the provider");
    let body = body_of(client().max_tokens_field(MaxTokensField::MaxCompletionTokens), prompt);
    assert_eq!((body.get("max_tokens"), &body["max_completion_tokens"]), (None, &json!(5)));
}

#[test]
fn tools_calls_and_results() {
    let add = ToolSpec::new("add", "Adds.", json!({"type": "object"}));
    let bad = InvalidToolCall { name: "add".into(), args: "{\"a\":".into(), id: "c2".into(), error: None };
    let messages = [
        Message::user("1 + 2?"),
        Message::assistant("")
            .with_tool_calls([ToolCall::new("c1", "add", json!({"a": 1}))])
            .with_invalid_tool_calls([bad]),
        Message::tool("c1", "3").with_name("add"),
    ];
    let body = body_of(client(), Prompt::new(&messages).tools([add]).tool_choice(ToolChoice::Tool("add".into())));
    let want = json!([{"type": "function", "function": {"name": "add", "description": "Adds.", "parameters": {"type": "object"}}}]);
    assert_eq!(body["tools"], want);
    assert_eq!(body["tool_choice"], json!({"type": "function", "function": {"name": "add"}}));
    let want = json!({"role": "assistant", "content": null, "tool_calls": [
        {"id": "c1", "type": "function", "function": {"name": "add", "arguments": "{\"a\":1}"}},
        {"id": "c2", "type": "function", "function": {"name": "add", "arguments": "{\"a\":"}}]});
    assert_eq!(body["messages"][1], want);
    assert_eq!(body["messages"][2], json!({"role": "tool", "content": "3", "tool_call_id": "c1", "name": "add"}));
}

#[test]
fn pictures_are_parts_and_other_blocks_go_as_they_are() {
    let audio = json!({"type": "input_audio", "input_audio": {"data": "AA", "format": "wav"}});
    let message = Message::user(vec![
        ContentBlock::text("what is this?"),
        ContentBlock::image_url("https://x/y.png"),
        ContentBlock::image_base64("AA==", "image/gif"),
        ContentBlock::Unknown(audio.clone()),
    ]);
    let want = json!([
        {"type": "text", "text": "what is this?"},
        {"type": "image_url", "image_url": {"url": "https://x/y.png"}},
        {"type": "image_url", "image_url": {"url": "data:image/gif;base64,AA=="}},
        audio,
    ]);
    assert_eq!(body_of(client(), message)["messages"][0]["content"], want);
}

#[test]
fn reasoning_is_sent_back_only_when_asked_for() {
    let reply = Message::assistant(vec![ContentBlock::reasoning("hm"), ContentBlock::text("")])
        .with_tool_calls([ToolCall::new("c", "f", json!({}))]);
    let plain = body_of(client(), reply.clone());
    assert_eq!(plain["messages"][0].get("reasoning_content"), None);
    let echo = body_of(client().echo_reasoning(true), reply);
    assert_eq!(
        (&echo["messages"][0]["reasoning_content"], &echo["messages"][0]["content"]),
        (&json!("hm"), &Value::Null)
    );
}

#[test]
fn the_developer_role_survives_and_a_remove_message_is_refused() {
    let developer: Message = serde_json::from_value(json!({"role": "developer", "content": "x"})).unwrap();
    assert_eq!(body_of(client(), developer)["messages"][0]["role"], "developer");
    let prompt = Prompt::new(Message::remove("m1"));
    let error = try_body(&client().build().unwrap(), &prompt).unwrap_err();
    assert!(matches!(&error, ModelError::Unsupported { what } if what.contains("remove message")), "{error}");
}

#[test]
fn a_reply_of_another_protocol_leaves_what_only_that_can_read() {
    let redacted = ContentBlock::Unknown(json!({"type": "redacted_thinking", "data": "xx"}));
    let reply = Message::assistant(vec![redacted, ContentBlock::reasoning("hm"), ContentBlock::text("so")]);
    assert_eq!(body_of(client(), reply)["messages"][0], json!({"role": "assistant", "content": "so"}));
}

#[test]
fn tools_are_strict_where_the_server_is_known_to_enforce_them() {
    let parameters = json!({"type": "object", "properties": {"a": {"type": "integer", "format": "int64"}}});
    let strict = |url: &str, strict: Strict| {
        let add = ToolSpec::new("add", "", parameters.clone()).strict(strict);
        body_of(OpenAi::builder().base_url(url).model("m"), Prompt::new("hi").tools([add]))["tools"][0]["function"]
            .clone()
    };
    let closed = json!({"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": false});
    let (openai, local) = ("https://api.openai.com/v1", "http://127.0.0.1:1/v1");
    for (url, strict_is) in [(openai, Strict::Auto), (openai, Strict::On), (local, Strict::On)] {
        assert_eq!(strict(url, strict_is), json!({"name": "add", "parameters": closed, "strict": true}));
    }
    for (url, strict_is) in [(openai, Strict::Off), (local, Strict::Auto)] {
        let open = json!({"type": "object", "properties": {"a": {"type": "integer"}}});
        assert_eq!(strict(url, strict_is), json!({"name": "add", "parameters": open}));
    }
}

#[test]
fn quirks_are_those_of_the_server() {
    let at = |url: &str| {
        let add = ToolSpec::new("add", "", json!({"type": "object"}));
        let prompt = Prompt::new("hi").max_tokens(5).seed(1).tools([add]).tool_choice(ToolChoice::Required);
        body_of(OpenAi::builder().base_url(url).model("m"), prompt)
    };
    let mistral = at("https://api.mistral.ai/v1");
    assert_eq!(
        (&mistral["random_seed"], &mistral["tool_choice"], mistral.get("seed")),
        (&json!(1), &json!("any"), None)
    );
    assert_eq!((mistral.get("stream_options"), &mistral["max_tokens"]), (None, &json!(5)));
    let openai = at("https://api.openai.com/v1");
    assert_eq!((&openai["seed"], &openai["tool_choice"]), (&json!(1), &json!("required")));
    assert_eq!((openai.get("max_tokens"), &openai["max_completion_tokens"]), (None, &json!(5)));

    let details = json!([{"type": "reasoning.text", "text": "a"}]);
    let reply = Message::assistant("so").with_additional_kwarg("reasoning_details", details.clone());
    assert_eq!(body_of(client(), reply.clone())["messages"][0]["reasoning_details"], details);
    let openai = body_of(OpenAi::builder().model("m"), reply);
    assert_eq!(openai["messages"][0].get("reasoning_details"), None);
}
