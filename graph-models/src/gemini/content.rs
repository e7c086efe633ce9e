//! Messages as parts.
use graph_core::message::{ContentBlock, MediaSource, Message, ReasoningBlock, ToolStatus};
use graph_core::model::ModelError;
use serde_json::{Value, json};

use super::{MADE_UP, OF_TEXT, PROVIDER, SIGNATURES};
use crate::history::{self, Part, data_of, is_of, unsupported};

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
        MediaSource::Url(url) => Ok(match data_of(url) {
            Some((kind, data)) => inline(kind, data),
            None => at(url),
        }),
        _ => Err(unsupported("a file of this source")),
    }
}

/// The parts of the model's message: signatures go back with what they belong to, and not to another provider.
pub(super) fn of_model(message: &Message) -> Vec<Value> {
    let signatures = message.additional_kwargs().get(SIGNATURES).filter(|_| is_of(message, PROVIDER));
    let signed = |mut part: Value, of: &str| {
        if let Some(signature) = signatures.and_then(|signatures| signatures.get(of)) {
            part["thoughtSignature"] = signature.clone();
        }
        part
    };
    let parts = history::assistant(message, PROVIDER);
    let last_text = parts.iter().rposition(|part| matches!(part, Part::Text(_)));
    let of_part = |(position, part): (usize, Part<'_>)| match part {
        Part::Text(block) => {
            let part = json!({"text": block.text});
            Some(if Some(position) == last_text { signed(part, OF_TEXT) } else { part })
        }
        Part::Reasoning(ReasoningBlock { reasoning, signature, .. }) => signature
            .as_ref()
            .map(|signature| json!({"text": reasoning, "thought": true, "thoughtSignature": signature})),
        Part::Call(call) => Some(signed(function_call(&call.id, &call.name, &call.args), &call.id)),
        // Its arguments must be an object.
        Part::Invalid(call) => {
            let args = json!({"invalid_arguments": call.args});
            Some(signed(function_call(&call.id, &call.name, &args), &call.id))
        }
        Part::Native(part) => Some(part.clone()),
    };
    parts.into_iter().enumerate().filter_map(of_part).collect()
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
