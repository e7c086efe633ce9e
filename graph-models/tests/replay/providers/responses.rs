//! OpenAI's Responses.
use std::sync::Arc;

use graph_core::model::ChatModel;
use graph_models::OpenAiResponses;
use serde_json::{Value, json};

use super::{CallOf, Cause, KEY, Options, Provider, Reason, SSE, typed};
use crate::server::Server;

pub const RESPONSES: Provider = Provider {
    name: "openai-responses",
    client,
    head: SSE,
    text,
    calls,
    whole,
    overloaded: "event: error\ndata: {\"type\":\"error\",\"code\":\"server_overloaded\",\"message\":\"Overloaded\",\"param\":null}\n\n",
    unparsable: "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"item_id\":\"msg\"}\n\n",
    ping: ": ping\n\n",
    errors: &[
        (
            Cause::Authentication,
            401,
            r#"{"error":{"message":"m","type":"authentication_error","code":"invalid_api_key"}}"#,
        ),
        (Cause::RateLimit, 429, r#"{"error":{"message":"m","type":"tokens","code":"rate_limit_exceeded"}}"#),
        (Cause::Quota, 429, r#"{"error":{"message":"m","type":"insufficient_quota","code":"insufficient_quota"}}"#),
        (
            Cause::Context,
            400,
            r#"{"error":{"message":"Your input exceeds the context window of this model.","type":"invalid_request_error"}}"#,
        ),
        (Cause::Filter, 400, r#"{"error":{"message":"m","code":"invalid_prompt"}}"#),
        (Cause::Overload, 503, r#"{"error":{"message":"m","type":"server_error"}}"#),
    ],
};

fn client(server: &Server, options: Options) -> Arc<dyn ChatModel> {
    let mut builder = OpenAiResponses::builder().base_url(&server.url).model("m").api_key(KEY);
    builder = builder.max_retries(options.retries).first_token_timeout(options.first_token).idle_timeout(options.idle);
    if let Some(total) = options.total {
        builder = builder.total_timeout(total);
    }
    Arc::new(builder.build().unwrap())
}

fn response(status: &str, output: &[Value]) -> Value {
    let usage = json!({"input_tokens": 7, "output_tokens": 5, "total_tokens": 12,
        "input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}});
    json!({"id": "x", "object": "response", "model": "m", "status": status, "error": null, "output": output, "usage": usage})
}

fn begun() -> Vec<String> {
    let response =
        json!({"id": "x", "model": "m", "status": "in_progress", "output": [], "usage": null, "error": null});
    vec![
        typed("response.created", json!({ "response": response })),
        typed("response.in_progress", json!({ "response": response })),
    ]
}

/// An item of a message.
fn message(text: &str) -> Value {
    json!({"type": "message", "id": "msg", "status": "completed", "role": "assistant",
        "content": [{"type": "output_text", "text": text, "annotations": []}]})
}

fn text(pieces: &[&str], reason: Reason) -> Vec<String> {
    let mut events = begun();
    let at = json!({"item_id": "msg", "output_index": 0, "content_index": 0});
    let with = |key: &str, value: Value| {
        let mut fields = at.clone();
        fields[key] = value;
        fields
    };
    let item = json!({"type": "message", "id": "msg", "status": "in_progress", "role": "assistant", "content": []});
    events.push(typed("response.output_item.added", json!({"output_index": 0, "item": item})));
    let part = json!({"type": "output_text", "text": "", "annotations": []});
    events.push(typed("response.content_part.added", with("part", part)));
    events.extend(pieces.iter().map(|piece| typed("response.output_text.delta", with("delta", json!(piece)))));
    let text = pieces.concat();
    events.push(typed("response.output_text.done", with("text", json!(text))));
    events.push(typed("response.output_item.done", json!({"output_index": 0, "item": message(&text)})));
    let output = [message(&text)];
    events.push(match reason {
        Reason::Stop => typed("response.completed", json!({"response": response("completed", &output)})),
        Reason::Length => {
            let mut response = response("incomplete", &output);
            response["incomplete_details"] = json!({"reason": "max_output_tokens"});
            typed("response.incomplete", json!({ "response": response }))
        }
    });
    events
}

fn calls(calls: &[CallOf]) -> Vec<String> {
    let mut events = begun();
    let mut output = Vec::new();
    for (index, (id, name, args)) in calls.iter().enumerate() {
        let item_id = format!("fc_{index}");
        let item = |args: &str| json!({"type": "function_call", "id": item_id, "call_id": id, "name": name, "arguments": args});
        events.push(typed("response.output_item.added", json!({"output_index": index, "item": item("")})));
        for piece in *args {
            let delta = json!({"item_id": item_id, "output_index": index, "delta": piece});
            events.push(typed("response.function_call_arguments.delta", delta));
        }
        let done = json!({"item_id": item_id, "output_index": index, "arguments": args.concat()});
        events.push(typed("response.function_call_arguments.done", done));
        events.push(typed("response.output_item.done", json!({"output_index": index, "item": item(&args.concat())})));
        output.push(item(&args.concat()));
    }
    events.push(typed("response.completed", json!({"response": response("completed", &output)})));
    events
}

fn whole(text: &str) -> String {
    response("completed", &[message(text)]).to_string()
}
