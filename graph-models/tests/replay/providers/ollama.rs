//! Ollama's own API.
use std::sync::Arc;

use graph_core::model::ChatModel;
use graph_models::Ollama;
use serde_json::{Value, json};

use super::{CallOf, Cause, KEY, Options, Provider, Reason};
use crate::server::Server;

pub const CHAT: Provider = Provider {
    name: "ollama",
    client,
    head: "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n",
    text,
    calls,
    whole,
    overloaded: "{\"error\":\"server busy, please try again\"}\n",
    unparsable: "{\"message\": 7}\n",
    ping: "\n",
    errors: &[
        (Cause::Authentication, 401, r#"{"error":"unauthorized"}"#),
        (Cause::RateLimit, 429, r#"{"error":"too many requests"}"#),
        (Cause::Context, 400, r#"{"error":"the input length exceeds the context length"}"#),
        (Cause::Overload, 503, r#"{"error":"server busy, please try again"}"#),
        (Cause::Other, 404, r#"{"error":"model 'm' not found"}"#),
    ],
};

fn client(server: &Server, options: Options) -> Arc<dyn ChatModel> {
    let mut builder = Ollama::builder().base_url(server.root()).model("m").api_key(KEY);
    builder = builder.max_retries(options.retries).first_token_timeout(options.first_token).idle_timeout(options.idle);
    if let Some(total) = options.total {
        builder = builder.total_timeout(total);
    }
    Arc::new(builder.build().unwrap())
}

fn line(message: &Value) -> String {
    format!("{}\n", json!({"model": "m", "created_at": "t", "message": message, "done": false}))
}

fn last(text: &str, reason: &str) -> Value {
    json!({"model": "m", "created_at": "t", "message": {"role": "assistant", "content": text}, "done": true,
        "done_reason": reason, "total_duration": 1, "prompt_eval_count": 7, "eval_count": 5})
}

fn text(pieces: &[&str], reason: Reason) -> Vec<String> {
    let mut events: Vec<String> =
        pieces.iter().map(|piece| line(&json!({"role": "assistant", "content": piece}))).collect();
    events.push(format!("{}\n", last("", if reason == Reason::Stop { "stop" } else { "length" })));
    events
}

/// Ollama sends each call whole.
fn calls(calls: &[CallOf]) -> Vec<String> {
    let mut events = Vec::new();
    for (id, name, args) in calls {
        let args: Value = serde_json::from_str(&args.concat()).unwrap_or_else(|_| json!({}));
        let call = json!({"id": id, "function": {"index": 0, "name": name, "arguments": args}});
        events.push(line(&json!({"role": "assistant", "content": "", "tool_calls": [call]})));
    }
    events.push(format!("{}\n", last("", "stop")));
    events
}

fn whole(text: &str) -> String {
    last(text, "stop").to_string()
}
