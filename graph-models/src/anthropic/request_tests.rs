use graph_core::message::{ContentBlock, FileBlock, InvalidToolCall, MediaSource, ReasoningBlock, TextBlock, ToolCall};
use serde_json::json;

use super::super::client::Inner;
use super::super::{Anthropic, AnthropicBuilder};
use super::*;

fn body_of(builder: AnthropicBuilder, prompt: impl Into<Prompt>) -> Value {
    let client = builder.model("m").build().unwrap();
    let Inner { http, options } = &*client.0;
    body(&http.model, http.streaming, options, &prompt.into()).unwrap().into()
}

fn messages(list: Vec<Message>) -> Value {
    body_of(Anthropic::builder(), list)["messages"].clone()
}

#[test]
fn a_plain_prompt_has_its_system_prompt_apart_and_a_limit() {
    let body = body_of(Anthropic::builder().max_tokens(9), Prompt::new("hi").system("Be brief."));
    let want = json!({"model": "m", "max_tokens": 9, "stream": true,
        "system": [{"type": "text", "text": "Be brief."}],
        "messages": [{"role": "user", "content": [{"type": "text", "text": "hi"}]}]});
    assert_eq!(body, want);
}

#[test]
fn options_have_the_providers_names() {
    let add = ToolSpec::new("add", "Adds.", json!({"type": "object"}));
    let schema = json!({"type": "object"});
    let prompt = Prompt::new("hi").temperature(0.7).max_tokens(5).stop("x").json_schema("p", schema.clone());
    let prompt = prompt.tools([add]).tool_choice(ToolChoice::Required);
    let body = body_of(Anthropic::builder().thinking(2000), prompt);
    assert_eq!((&body["temperature"], &body["stop_sequences"]), (&json!(0.7), &json!(["x"])));
    assert_eq!(body["output_config"], json!({"format": {"type": "json_schema", "schema": schema}}));
    assert_eq!(body["tools"], json!([{"name": "add", "description": "Adds.", "input_schema": {"type": "object"}}]));
    assert_eq!(body["tool_choice"], json!({"type": "any"}));
    assert_eq!(body["thinking"], json!({"type": "enabled", "budget_tokens": 2000}));
    let one = ModelOptions { parallel_tool_calls: Some(false), ..ModelOptions::default() };
    assert_eq!(tool_choice(&one), Some(json!({"type": "auto", "disable_parallel_tool_use": true})));
}

#[test]
fn all_results_of_a_turn_are_one_message_and_come_first() {
    let calls = [ToolCall::new("a", "f", json!({"x": 1})), ToolCall::new("b", "g", json!({}))];
    let invalid = InvalidToolCall { name: "h".into(), args: "{".into(), id: "c".into(), error: None };
    let got = messages(vec![
        Message::user("hi"),
        Message::assistant("").with_tool_calls(calls).with_invalid_tool_calls([invalid]),
        Message::tool("a", "1"),
        Message::user("and?"),
        Message::tool("b", "no").with_status(ToolStatus::Error),
        Message::tool("c", ""),
        Message::assistant(" "),
        Message::user("go on"),
    ]);
    let text = |text: &str| json!({"type": "text", "text": text});
    let want = json!([
        {"role": "user", "content": [text("hi")]},
        {"role": "assistant", "content": [
            {"type": "tool_use", "id": "a", "name": "f", "input": {"x": 1}},
            {"type": "tool_use", "id": "b", "name": "g", "input": {}},
            {"type": "tool_use", "id": "c", "name": "h", "input": {"invalid_arguments": "{"}}]},
        {"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": "a", "content": [text("1")]},
            {"type": "tool_result", "tool_use_id": "b", "content": [text("no")], "is_error": true},
            {"type": "tool_result", "tool_use_id": "c"},
            text("and?"), text("go on")]},
    ]);
    assert_eq!(got, want);
}

#[test]
fn thinking_goes_back_in_its_place_and_not_to_another_provider() {
    let thinking = |text: &str| {
        let (reasoning, signature) = (text.to_owned(), Some("sig".to_owned()));
        ContentBlock::Reasoning(ReasoningBlock { reasoning, signature, extra: Map::new() })
    };
    let redacted = json!({"type": "redacted_thinking", "data": "xx"});
    let (old, new) = (ToolCall::new("a", "f", json!({"x": 1})), ToolCall::new("a", "f", json!({"x": 2})));
    let reply = Message::assistant(vec![
        thinking("hm"),
        ContentBlock::Unknown(redacted.clone()),
        ContentBlock::ToolCall(old),
        thinking(""),
        ContentBlock::reasoning("unsigned"),
        ContentBlock::text("so"),
    ])
    .with_tool_calls([new, ToolCall::new("b", "g", json!({}))]);
    let sent = json!([
        {"type": "thinking", "thinking": "hm", "signature": "sig"},
        redacted,
        {"type": "tool_use", "id": "a", "name": "f", "input": {"x": 2}},
        {"type": "thinking", "thinking": "", "signature": "sig"},
        {"type": "text", "text": "so"},
        {"type": "tool_use", "id": "b", "name": "g", "input": {}},
    ]);
    assert_eq!(messages(vec![reply.clone()])[0]["content"], sent);
    let foreign = messages(vec![reply.with_response_metadata("model_provider", "openai")]);
    let kinds: Vec<_> = foreign[0]["content"].as_array().unwrap().iter().map(|block| block["type"].clone()).collect();
    assert_eq!(kinds, ["tool_use", "text", "tool_use"]);
}

/// `AIMessage.model_dump()` of `langchain-anthropic`.
#[test]
fn a_reply_in_langchains_form() {
    let reply: Message = serde_json::from_value(json!({"type": "ai", "content": [
        {"type": "thinking", "thinking": "hm", "signature": "s"},
        {"type": "text", "text": "so"},
        {"type": "tool_use", "id": "a", "name": "f", "input": {"x": 1}}],
        "tool_calls": [{"id": "a", "name": "f", "args": {"x": 1}, "type": "tool_call"}]}))
    .unwrap();
    let want = json!([
        {"type": "thinking", "thinking": "hm", "signature": "s"},
        {"type": "text", "text": "so"},
        {"type": "tool_use", "id": "a", "name": "f", "input": {"x": 1}}]);
    assert_eq!(messages(vec![reply])[0]["content"], want);
}

#[test]
fn pictures_and_documents_are_sources() {
    let pdf = FileBlock {
        source: MediaSource::Base64("UA==".into()),
        mime_type: None,
        extra: Map::from_iter([("filename".to_owned(), json!("a.pdf"))]),
    };
    let got = messages(vec![Message::user(vec![
        ContentBlock::image_url("https://x/y.png"),
        ContentBlock::image_url("data:image/gif;base64,AA=="),
        ContentBlock::File(pdf),
    ])]);
    let want = json!([
        {"type": "image", "source": {"type": "url", "url": "https://x/y.png"}},
        {"type": "image", "source": {"type": "base64", "media_type": "image/gif", "data": "AA=="}},
        {"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": "UA=="}, "title": "a.pdf"},
    ]);
    assert_eq!(got[0]["content"], want);
}

#[test]
fn marks_for_the_prompt_cache() {
    let mark = json!({"type": "ephemeral"});
    let add = ToolSpec::new("add", "", json!({"type": "object"}));
    let body = body_of(Anthropic::builder().prompt_caching(true), Prompt::new("hi").system("s").tools([add.clone()]));
    assert_eq!(body["system"][0]["cache_control"], mark);
    assert_eq!(body["messages"][0]["content"][0]["cache_control"], mark);
    assert_eq!(body["tools"][0].get("cache_control"), None);
    let body = body_of(Anthropic::builder().prompt_caching(true), Prompt::new("hi").tools([add]));
    assert_eq!(body["tools"][0]["cache_control"], mark);

    let own = json!({"type": "ephemeral", "ttl": "1h"});
    let marked = TextBlock { text: "a".into(), extra: Map::from_iter([("cache_control".to_owned(), own.clone())]) };
    let got = messages(vec![
        Message::user(vec![ContentBlock::Text(marked), ContentBlock::text("b")]),
        Message::assistant("c").with_additional_kwarg("cache_control", own.clone()),
        Message::tool("t", "d").with_additional_kwarg("cache_control", own.clone()),
    ]);
    assert_eq!((&got[0]["content"][0]["cache_control"], got[0]["content"][1].get("cache_control")), (&own, None));
    assert_eq!(got[1]["content"][0]["cache_control"], own);
    assert_eq!(got[2]["content"][0]["cache_control"], own);
    assert_eq!(got[2]["content"][0]["content"][0].get("cache_control"), None);
}
