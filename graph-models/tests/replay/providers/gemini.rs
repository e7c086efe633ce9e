//! Google's Gemini API.
use std::sync::Arc;

use graph_core::model::ChatModel;
use graph_models::Gemini;
use serde_json::{Value, json};

use super::{CallOf, Cause, KEY, Options, Provider, Reason, SSE};
use crate::server::Server;

pub const GENERATE: Provider = Provider {
    name: "gemini",
    client,
    head: SSE,
    text,
    calls,
    whole,
    overloaded: "data: {\"error\":{\"code\":503,\"message\":\"The model is overloaded.\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n",
    unparsable: "data: {\"candidates\": 7}\r\n\r\n",
    ping: ": ping\r\n\r\n",
    errors: &[
        (
            Cause::Authentication,
            400,
            r#"{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}"#,
        ),
        (Cause::Authentication, 403, r#"{"error":{"code":403,"message":"m","status":"PERMISSION_DENIED"}}"#),
        (Cause::RateLimit, 429, r#"{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}"#),
        (
            Cause::Context,
            400,
            r#"{"error":{"code":400,"message":"The input token count (9) exceeds the maximum number of tokens allowed (8).","status":"INVALID_ARGUMENT"}}"#,
        ),
        (Cause::Overload, 503, r#"{"error":{"code":503,"message":"m","status":"UNAVAILABLE"}}"#),
        (Cause::Other, 404, r#"[{"error":{"code":404,"message":"m","status":"NOT_FOUND"}}]"#),
    ],
};

fn client(server: &Server, options: Options) -> Arc<dyn ChatModel> {
    let mut builder = Gemini::builder().base_url(format!("{}beta", server.url)).model("m").api_key(KEY);
    builder = builder.max_retries(options.retries).first_token_timeout(options.first_token).idle_timeout(options.idle);
    if let Some(total) = options.total {
        builder = builder.total_timeout(total);
    }
    Arc::new(builder.build().unwrap())
}

/// The reply so far, with one more part.
pub fn reply(parts: &[Value], finish: Option<&str>, output: u64) -> Value {
    let mut candidate = json!({"content": {"role": "model", "parts": parts}, "index": 0});
    if let Some(finish) = finish {
        candidate["finishReason"] = finish.into();
    }
    let usage = json!({"promptTokenCount": 7, "candidatesTokenCount": output, "totalTokenCount": 7 + output});
    json!({"candidates": [candidate], "usageMetadata": usage, "modelVersion": "m", "responseId": "x"})
}

/// The lines end in CR and LF.
pub fn event(data: &Value) -> String {
    format!("data: {data}\r\n\r\n")
}

fn text(pieces: &[&str], reason: Reason) -> Vec<String> {
    let mut events: Vec<String> =
        (1..).zip(pieces).map(|(count, piece)| event(&reply(&[json!({ "text": piece })], None, count))).collect();
    let finish = if reason == Reason::Stop { "STOP" } else { "MAX_TOKENS" };
    events.push(event(&reply(&[json!({"text": ""})], Some(finish), 5)));
    events
}

fn calls(calls: &[CallOf]) -> Vec<String> {
    let mut events = Vec::new();
    for (id, name, args) in calls {
        let args: Value = serde_json::from_str(&args.concat()).unwrap_or_else(|_| json!({}));
        let call = json!({"functionCall": {"id": id, "name": name, "args": args}});
        events.push(event(&reply(&[call], None, 1)));
    }
    events.push(event(&reply(&[], Some("STOP"), 5)));
    events
}

fn whole(text: &str) -> String {
    reply(&[json!({ "text": text })], Some("STOP"), 5).to_string()
}
