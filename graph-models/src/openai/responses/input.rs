//! Messages as items of the input.
use graph_core::message::{ContentBlock, MediaSource, Message, ReasoningBlock, Role, ToolCall};
use graph_core::model::ModelError;
use serde_json::{Value, json};

use super::super::content::data_url;
use crate::history::{self, Part, remove_message, unsupported};

/// The items of a message. Reasoning of which the provider cannot know anything is left out: without its encrypted form
/// and not `stored`.
pub(super) fn items(message: &Message, stored: bool) -> Result<Vec<Value>, ModelError> {
    match message.role() {
        Role::System => {
            let kept = message.additional_kwargs().get("__openai_role__").and_then(Value::as_str);
            Ok(vec![json!({"role": kept.unwrap_or("system"), "content": content(message)?})])
        }
        Role::User => Ok(vec![json!({"role": "user", "content": content(message)?})]),
        Role::Tool => {
            let id = message.tool_call_id();
            Ok(vec![json!({"type": "function_call_output", "call_id": id, "output": content(message)?})])
        }
        Role::Assistant => Ok(assistant(message, stored)),
        _ => Err(remove_message()),
    }
}

/// Text as a string; a list of parts if there is more than text.
fn content(message: &Message) -> Result<Value, ModelError> {
    let mut parts = Vec::new();
    for block in message.blocks() {
        match block {
            ContentBlock::Text(block) => parts.push(json!({"type": "input_text", "text": block.text})),
            ContentBlock::Image(block) => {
                let mut image = json!({"type": "input_image"});
                match &block.source {
                    MediaSource::Url(url) => image["image_url"] = url.as_str().into(),
                    MediaSource::Base64(data) => {
                        image["image_url"] = data_url(data, block.mime_type.as_deref().unwrap_or("image/png")).into();
                    }
                    MediaSource::FileId(id) => image["file_id"] = id.as_str().into(),
                    _ => return Err(unsupported("an image of this source")),
                }
                if let Some(detail) = block.extra.get("detail") {
                    image["detail"] = detail.clone();
                }
                parts.push(image);
            }
            ContentBlock::File(block) => {
                let mut file = json!({"type": "input_file"});
                match &block.source {
                    MediaSource::Url(url) => file["file_url"] = url.as_str().into(),
                    MediaSource::Base64(data) => {
                        file["file_data"] =
                            data_url(data, block.mime_type.as_deref().unwrap_or("application/pdf")).into();
                        // The API demands a name.
                        file["filename"] = block.extra.get("filename").cloned().unwrap_or_else(|| "file".into());
                    }
                    MediaSource::FileId(id) => file["file_id"] = id.as_str().into(),
                    _ => return Err(unsupported("a file of this source")),
                }
                parts.push(file);
            }
            ContentBlock::Unknown(value) => parts.push(value.clone()),
            _ => {}
        }
    }
    let only_text = parts.iter().all(|part| part["type"] == "input_text");
    Ok(if only_text { message.text().into() } else { parts.into() })
}

fn assistant(message: &Message, stored: bool) -> Vec<Value> {
    let call = |id: &str, name: &str, arguments: String| json!({"type": "function_call", "call_id": id, "name": name, "arguments": arguments});
    let of_part = |part: Part<'_>| match part {
        Part::Text(block) if block.text.is_empty() => None,
        Part::Text(block) => {
            let part = json!({"type": "output_text", "text": block.text});
            Some(json!({"type": "message", "role": "assistant", "content": [part]}))
        }
        Part::Reasoning(block) => reasoning(block, stored),
        Part::Call(ToolCall { id, name, args }) => Some(call(id, name, args.to_string())),
        // As the model wrote it.
        Part::Invalid(invalid) => Some(call(&invalid.id, &invalid.name, invalid.args.clone())),
        // LangChain keeps calls among the blocks, too.
        Part::Native(item) => Some(item.clone()).filter(|item| item["type"] != "function_call"),
    };
    history::assistant(message, "openai").into_iter().filter_map(of_part).collect()
}

/// A reasoning item, as it came.
fn reasoning(block: &ReasoningBlock, stored: bool) -> Option<Value> {
    let encrypted = block.extra.get("encrypted_content");
    let id = block.extra.get("id")?;
    if encrypted.is_none() && !stored {
        return None;
    }
    let mut item = json!({"type": "reasoning", "id": id});
    item["summary"] = block.extra.get("summary").cloned().unwrap_or_else(|| json!([]));
    if let Some(encrypted) = encrypted {
        item["encrypted_content"] = encrypted.clone();
    }
    Some(item)
}
