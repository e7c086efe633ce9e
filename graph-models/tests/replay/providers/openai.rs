//! OpenAI's Chat Completions.
use std::sync::Arc;

use graph_core::model::ChatModel;
use serde_json::{Value, json};

use super::{CallOf, Cause, Options, Provider, Reason, SSE, data};
use crate::server::Server;

pub const CHAT: Provider = Provider {
    name: "openai",
    client,
    head: SSE,
    text,
    calls,
    whole,
    overloaded: "data: {\"error\":{\"message\":\"Overloaded\",\"type\":\"overloaded_error\",\"code\":null}}\n\n",
    unparsable: "data: {\"choices\": 7}\n\n",
    ping: ": ping\n\n",
    errors: &[
        (
            Cause::Authentication,
            401,
            r#"{"error":{"message":"m","type":"authentication_error","code":"invalid_api_key"}}"#,
        ),
        (Cause::RateLimit, 429, r#"{"error":{"message":"m","type":"tokens","code":"rate_limit_exceeded"}}"#),
        (Cause::Quota, 429, r#"{"error":{"message":"m","type":"insufficient_quota","code":"insufficient_quota"}}"#),
        (Cause::Context, 400, r#"{"error":{"message":"m","code":"context_length_exceeded"}}"#),
        (Cause::Filter, 400, r#"{"error":{"message":"m","code":"content_filter"}}"#),
        (Cause::Overload, 503, r#"{"error":{"message":"m","type":"server_error"}}"#),
        (Cause::Other, 404, r#"{"error":{"message":"m","type":"invalid_request_error","code":"model_not_found"}}"#),
    ],
};

fn client(server: &Server, options: Options) -> Arc<dyn ChatModel> {
    let mut builder = server.client().max_retries(options.retries);
    builder = builder.first_token_timeout(options.first_token).idle_timeout(options.idle);
    if let Some(total) = options.total {
        builder = builder.total_timeout(total);
    }
    Arc::new(builder.build().unwrap())
}

fn chunk(delta: &Value, finish: Option<&str>) -> String {
    data(&json!({"id": "x", "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}))
}

fn usage() -> Value {
    json!({"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12})
}

fn ended(mut events: Vec<String>, finish: &str) -> Vec<String> {
    events.push(chunk(&json!({}), Some(finish)));
    events.push(data(&json!({"id": "x", "choices": [], "usage": usage()})));
    events.push("data: [DONE]\n\n".to_owned());
    events
}

fn text(pieces: &[&str], reason: Reason) -> Vec<String> {
    let mut events = vec![chunk(&json!({"role": "assistant", "content": ""}), None)];
    events.extend(pieces.iter().map(|piece| chunk(&json!({ "content": piece }), None)));
    ended(events, if reason == Reason::Stop { "stop" } else { "length" })
}

fn calls(calls: &[CallOf]) -> Vec<String> {
    let mut events = Vec::new();
    for (index, (id, name, args)) in calls.iter().enumerate() {
        let function = json!({"name": name, "arguments": ""});
        let call = json!({"index": index, "id": id, "type": "function", "function": function});
        events.push(chunk(&json!({ "tool_calls": [call] }), None));
        for piece in *args {
            let call = json!({"index": index, "function": {"arguments": piece}});
            events.push(chunk(&json!({ "tool_calls": [call] }), None));
        }
    }
    ended(events, "tool_calls")
}

fn whole(text: &str) -> String {
    let choice = json!({"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"});
    json!({"id": "x", "model": "m", "choices": [choice], "usage": usage()}).to_string()
}
