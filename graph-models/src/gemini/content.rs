//! Messages as parts.
use graph_core::message::{ContentBlock, MediaSource, Message, ReasoningBlock, ToolCall, ToolStatus};
use graph_core::model::ModelError;
use serde_json::{Value, json};

use super::{MADE_UP, OF_TEXT, SIGNATURES};

/// The parts of a user's message or of a system message.
pub(super) fn parts(message: &Message) -> Result<Vec<Value>, ModelError> {
    let mut parts = Vec::new();
    for block in message.blocks() {
        parts.extend(match block {
            ContentBlock::Text(block) => Some(json!({"text": block.text})),
            ContentBlock::Image(block) => Some(media(&block.source, block.mime_type.as_deref(), "image/png")?),
            ContentBlock::File(block) => Some(media(&block.source, block.mime_type.as_deref(), "application/pdf")?),
            ContentBlock::Unknown(value) => Some(value.clone()),
            _ => None,
        });
    }
    Ok(parts)
}

/// The bytes of an image or a file, or where they are.
fn media(source: &MediaSource, mime_type: Option<&str>, default: &str) -> Result<Value, ModelError> {
    let inline = |kind: &str, data: &str| json!({"inlineData": {"mimeType": kind, "data": data}});
    let at = |uri: &str| {
        let mut file = json!({ "fileUri": uri });
        if let Some(kind) = mime_type {
            file["mimeType"] = kind.into();
        }
        json!({ "fileData": file })
    };
    match source {
        MediaSource::Base64(data) => Ok(inline(mime_type.unwrap_or(default), data)),
        MediaSource::FileId(uri) => Ok(at(uri)),
        MediaSource::Url(url) => Ok(match url.strip_prefix("data:").and_then(|rest| rest.split_once(";base64,")) {
            Some((kind, data)) => inline(kind, data),
            None => at(url),
        }),
        _ => Err(ModelError::Unsupported { what: "a file of this source".to_owned() }),
    }
}

/// The parts of the model's message: signatures go back with what they belong to, and not to another provider.
pub(super) fn of_model(message: &Message) -> Vec<Value> {
    let provider = message.response_metadata().get("model_provider");
    let is_own = provider.is_none_or(|provider| provider == "gemini");
    let signatures = message.additional_kwargs().get(SIGNATURES).filter(|_| is_own);
    let signed = |mut part: Value, of: &str| {
        if let Some(signature) = signatures.and_then(|signatures| signatures.get(of)) {
            part["thoughtSignature"] = signature.clone();
        }
        part
    };
    let call = |call: &ToolCall| signed(function_call(&call.id, &call.name, &call.args), &call.id);
    let mut parts = Vec::new();
    let mut placed: Vec<&str> = Vec::new();
    let last_text = message.blocks().iter().rposition(|block| block.as_text().is_some());
    for (position, block) in message.blocks().iter().enumerate() {
        match block {
            ContentBlock::Text(block) => {
                let part = json!({"text": block.text});
                parts.push(if Some(position) == last_text { signed(part, OF_TEXT) } else { part });
            }
            ContentBlock::Reasoning(ReasoningBlock { reasoning, signature: Some(signature), .. }) if is_own => {
                parts.push(json!({"text": reasoning, "thought": true, "thoughtSignature": signature}));
            }
            ContentBlock::Unknown(value) if is_own => parts.push(value.clone()),
            // The calls of the message count: a block may be older.
            ContentBlock::ToolCall(old) => {
                if let Some(new) = message.tool_calls().iter().find(|new| new.id == old.id) {
                    parts.push(call(new));
                    placed.push(&new.id);
                }
            }
            _ => {}
        }
    }
    parts.extend(message.tool_calls().iter().filter(|call| !placed.contains(&&*call.id)).map(call));
    // The result of such a call needs it; its arguments must be an object.
    parts.extend(
        message.invalid_tool_calls().iter().map(|call| {
            signed(function_call(&call.id, &call.name, &json!({"invalid_arguments": call.args})), &call.id)
        }),
    );
    parts
}

fn function_call(id: &str, name: &str, args: &Value) -> Value {
    with_id(json!({"name": name, "args": args}), id, "functionCall")
}

/// A call or its result, with its id if the server gave it.
fn with_id(mut value: Value, id: &str, kind: &str) -> Value {
    if !id.is_empty() && !id.starts_with(MADE_UP) {
        value["id"] = id.into();
    }
    json!({ kind: value })
}

/// The result of a call: an object as it is, any other text under a key. Images and files are parts of their own.
pub(super) fn result(message: &Message, name: &str) -> Result<Vec<Value>, ModelError> {
    let text = message.text();
    let response = match serde_json::from_str::<Value>(&text) {
        _ if message.status() == ToolStatus::Error => json!({ "error": text }),
        Ok(object @ Value::Object(_)) => object,
        _ => json!({ "result": text }),
    };
    let mut all =
        vec![with_id(json!({"name": name, "response": response}), message.tool_call_id(), "functionResponse")];
    all.extend(parts(message)?.into_iter().filter(|part| part.get("text").is_none()));
    Ok(all)
}
