//! Anthropic's Messages.
use std::sync::Arc;

use graph_core::model::ChatModel;
use graph_models::Anthropic;
use serde_json::{Value, json};

use super::{CallOf, Cause, KEY, Options, Provider, Reason, SSE, event};
use crate::server::Server;

pub const MESSAGES: Provider = Provider {
    name: "anthropic",
    client,
    head: SSE,
    text,
    calls,
    whole,
    overloaded: "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
    unparsable: "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0}\n\n",
    ping: "event: ping\ndata: {\"type\": \"ping\"}\n\n",
    errors: &[
        (Cause::Authentication, 401, r#"{"type":"error","error":{"type":"authentication_error","message":"m"}}"#),
        (Cause::Authentication, 403, r#"{"type":"error","error":{"type":"permission_error","message":"m"}}"#),
        (Cause::RateLimit, 429, r#"{"type":"error","error":{"type":"rate_limit_error","message":"m"}}"#),
        (Cause::Quota, 402, r#"{"type":"error","error":{"type":"billing_error","message":"m"}}"#),
        (
            Cause::Quota,
            400,
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low."}}"#,
        ),
        (
            Cause::Context,
            400,
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 > 8"}}"#,
        ),
        (Cause::Overload, 529, r#"{"type":"error","error":{"type":"overloaded_error","message":"m"}}"#),
        (Cause::Other, 404, r#"{"type":"error","error":{"type":"not_found_error","message":"m"}}"#),
    ],
};

fn client(server: &Server, options: Options) -> Arc<dyn ChatModel> {
    let mut builder = Anthropic::builder().base_url(server.root()).model("m").api_key(KEY);
    builder = builder.max_retries(options.retries).first_token_timeout(options.first_token).idle_timeout(options.idle);
    if let Some(total) = options.total {
        builder = builder.total_timeout(total);
    }
    Arc::new(builder.build().unwrap())
}

/// An event of this type.
pub fn typed(kind: &str, mut fields: Value) -> String {
    fields["type"] = kind.into();
    event(kind, &fields)
}

fn begun() -> Vec<String> {
    let usage = json!({"input_tokens": 4, "cache_read_input_tokens": 3, "output_tokens": 1});
    let message =
        json!({"id": "x", "type": "message", "role": "assistant", "model": "m", "content": [], "usage": usage});
    vec![typed("message_start", json!({ "message": message })), MESSAGES.ping.to_owned()]
}

fn ended(mut events: Vec<String>, reason: &str) -> Vec<String> {
    let delta = json!({"stop_reason": reason, "stop_sequence": null});
    events.push(typed("message_delta", json!({"delta": delta, "usage": {"output_tokens": 5}})));
    events.push(typed("message_stop", json!({})));
    events
}

fn block(index: usize, start: &Value, deltas: impl IntoIterator<Item = Value>) -> Vec<String> {
    let mut events = vec![typed("content_block_start", json!({"index": index, "content_block": start}))];
    events
        .extend(deltas.into_iter().map(|delta| typed("content_block_delta", json!({"index": index, "delta": delta}))));
    events.push(typed("content_block_stop", json!({ "index": index })));
    events
}

fn text(pieces: &[&str], reason: Reason) -> Vec<String> {
    let mut events = begun();
    let deltas = pieces.iter().map(|piece| json!({"type": "text_delta", "text": piece}));
    events.extend(block(0, &json!({"type": "text", "text": ""}), deltas));
    ended(events, if reason == Reason::Stop { "end_turn" } else { "max_tokens" })
}

fn calls(calls: &[CallOf]) -> Vec<String> {
    let mut events = begun();
    for (index, (id, name, args)) in calls.iter().enumerate() {
        let deltas = args.iter().map(|piece| json!({"type": "input_json_delta", "partial_json": piece}));
        let start = json!({"type": "tool_use", "id": id, "name": name, "input": {}});
        events.extend(block(index, &start, deltas));
    }
    ended(events, "tool_use")
}

fn whole(text: &str) -> String {
    let usage = json!({"input_tokens": 4, "cache_read_input_tokens": 3, "output_tokens": 5});
    json!({"id": "x", "type": "message", "role": "assistant", "model": "m", "stop_reason": "end_turn",
        "content": [{"type": "text", "text": text}], "usage": usage})
    .to_string()
}
