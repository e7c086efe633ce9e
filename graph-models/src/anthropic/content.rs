//! The content of a message in Anthropic's form.
use graph_core::message::{ContentBlock, FileBlock, ImageBlock, InvalidToolCall, MediaSource, Message, ToolCall};
use graph_core::model::ModelError;
use serde_json::{Map, Value, json};

use crate::history::{self, Part, data_of, unsupported};

/// The key of a mark for the prompt cache.
pub(super) const CACHE_CONTROL: &str = "cache_control";

/// The blocks of a user's message, of a system message, or of a tool's result. Empty texts, which the API refuses, are
/// left out.
pub(super) fn blocks(message: &Message) -> Result<Vec<Value>, ModelError> {
    let mut blocks = Vec::new();
    for block in message.blocks() {
        blocks.extend(match block {
            ContentBlock::Text(block) => text(&block.text, &block.extra),
            ContentBlock::Image(block) => Some(image(block)),
            ContentBlock::File(block) => Some(file(block)?),
            ContentBlock::Unknown(value) => Some(value.clone()),
            _ => None,
        });
    }
    mark_of_message(message, &mut blocks);
    Ok(blocks)
}

/// The blocks of an assistant's message. Thinking without a signature is refused.
pub(super) fn assistant(message: &Message) -> Vec<Value> {
    let of_part = |part: Part<'_>| match part {
        Part::Text(block) => text(&block.text, &block.extra),
        Part::Reasoning(block) => block
            .signature
            .as_ref()
            .map(|signature| json!({"type": "thinking", "thinking": block.reasoning, "signature": signature})),
        Part::Call(call) => Some(tool_use(call)),
        Part::Invalid(call) => Some(invalid_tool_use(call)),
        // LangChain keeps calls among the blocks, too.
        Part::Native(block) => Some(block.clone()).filter(|block| block["type"] != "tool_use"),
    };
    let mut blocks: Vec<Value> = history::assistant(message, "anthropic").into_iter().filter_map(of_part).collect();
    mark_of_message(message, &mut blocks);
    blocks
}

/// Marks the last block if the message says so.
fn mark_of_message(message: &Message, blocks: &mut [Value]) {
    if let Some(mark) = message.additional_kwargs().get(CACHE_CONTROL) {
        mark_last(blocks, mark);
    }
}

/// Marks the last block for the prompt cache, unless it has a mark. Thinking cannot be marked.
pub(super) fn mark_last(blocks: &mut [Value], mark: &Value) {
    let last = blocks.iter_mut().rev().find(|block| !block["type"].as_str().unwrap_or_default().contains("thinking"));
    if let Some(Value::Object(block)) = last {
        block.entry(CACHE_CONTROL).or_insert_with(|| mark.clone());
    }
}

fn text(text: &str, extra: &Map<String, Value>) -> Option<Value> {
    if text.trim().is_empty() {
        return None;
    }
    Some(with_keys(json!({"type": "text", "text": text}), extra, &[CACHE_CONTROL]))
}

fn image(block: &ImageBlock) -> Value {
    let source = source(&block.source, block.mime_type.as_deref(), "image/png");
    with_keys(json!({"type": "image", "source": source}), &block.extra, &[CACHE_CONTROL])
}

fn file(block: &FileBlock) -> Result<Value, ModelError> {
    if let (MediaSource::Base64(_), Some(kind)) = (&block.source, block.mime_type.as_deref())
        && kind != "application/pdf"
    {
        return Err(unsupported(&format!("a file of type `{kind}`; send PDF, or text as text")));
    }
    let source = source(&block.source, block.mime_type.as_deref(), "application/pdf");
    let mut document = json!({"type": "document", "source": source});
    if let Some(name) = block.extra.get("filename") {
        document["title"] = name.clone();
    }
    Ok(with_keys(document, &block.extra, &[CACHE_CONTROL, "citations", "context", "title"]))
}

/// Where the bytes of a file are. A `data:` URL is base64.
fn source(source: &MediaSource, mime_type: Option<&str>, default: &str) -> Value {
    let base64 = |kind: &str, data: &str| json!({"type": "base64", "media_type": kind, "data": data});
    match source {
        MediaSource::Base64(data) => base64(mime_type.unwrap_or(default), data),
        MediaSource::FileId(id) => json!({"type": "file", "file_id": id}),
        MediaSource::Url(url) => match data_of(url) {
            Some((kind, data)) => base64(kind, data),
            None => json!({"type": "url", "url": url}),
        },
        _ => Value::Null,
    }
}

fn with_keys(mut block: Value, extra: &Map<String, Value>, keys: &[&str]) -> Value {
    for key in keys {
        if let Some(value) = extra.get(*key) {
            block[*key] = value.clone();
        }
    }
    block
}

fn tool_use(call: &ToolCall) -> Value {
    json!({"type": "tool_use", "id": call.id, "name": call.name, "input": call.args})
}

/// The tool message that answers it needs the call; its input must be an object.
fn invalid_tool_use(call: &InvalidToolCall) -> Value {
    json!({"type": "tool_use", "id": call.id, "name": call.name, "input": {"invalid_arguments": call.args}})
}
