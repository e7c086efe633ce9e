//! The content of a message in OpenAI's form.
use graph_core::message::{ContentBlock, FileBlock, ImageBlock, MediaSource, Message, Role};
use graph_core::model::ModelError;
use serde_json::{Value, json};

use crate::history::unsupported;

/// Text as a string, which every server accepts; a list of parts if there is more than text.
pub(super) fn content(message: &Message) -> Result<Value, ModelError> {
    let mut parts = Vec::new();
    for block in message.blocks() {
        match block {
            ContentBlock::Text(block) => parts.push(json!({"type": "text", "text": block.text})),
            ContentBlock::Image(block) => parts.push(image(block)?),
            ContentBlock::File(block) => parts.push(file(block)?),
            // What another protocol's reply has is refused here.
            ContentBlock::Unknown(_) if message.role() == Role::Assistant => {}
            // Already in the provider's form, such as `image_url` or `input_audio`.
            ContentBlock::Unknown(value) => parts.push(value.clone()),
            // Calls have their own field, and reasoning is not sent back as content.
            _ => {}
        }
    }
    let only_text = parts.iter().all(|part| part["type"] == "text");
    Ok(if only_text { message.text().into() } else { parts.into() })
}

fn image(block: &ImageBlock) -> Result<Value, ModelError> {
    let url = match &block.source {
        MediaSource::Url(url) => url.clone(),
        MediaSource::Base64(data) => data_url(data, block.mime_type.as_deref().unwrap_or("image/png")),
        _ => return Err(unsupported("an image by file id")),
    };
    let mut image = json!({ "url": url });
    if let Some(detail) = block.extra.get("detail") {
        image["detail"] = detail.clone();
    }
    Ok(json!({"type": "image_url", "image_url": image}))
}

fn file(block: &FileBlock) -> Result<Value, ModelError> {
    let mut file = match &block.source {
        MediaSource::FileId(id) => json!({ "file_id": id }),
        MediaSource::Base64(data) => {
            json!({"file_data": data_url(data, block.mime_type.as_deref().unwrap_or("application/pdf"))})
        }
        _ => return Err(unsupported("a file by URL")),
    };
    if let Some(name) = block.extra.get("filename") {
        file["filename"] = name.clone();
    }
    Ok(json!({"type": "file", "file": file}))
}

pub(super) fn data_url(data: &str, mime_type: &str) -> String {
    format!("data:{mime_type};base64,{data}")
}
