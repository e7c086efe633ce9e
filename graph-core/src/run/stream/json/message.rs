//! Messages with their metadata.

use serde_json::{Map, json};

use super::Json;
use crate::graph::Graph;
use crate::run::{MessageContent, MessagePart};

/// `[message, metadata]`.
pub(super) fn message_json<G: Graph>(part: &MessagePart<G>) -> Json {
    let message = match &part.content {
        MessageContent::Chunk(chunk) => serde_json::to_value(chunk)?,
        MessageContent::Whole(message) => serde_json::to_value(message)?,
    };
    let mut metadata = Map::clone(&part.metadata);
    metadata.extend(part.thread_id.as_ref().map(|id| ("thread_id".to_owned(), json!(&**id))));
    part.place.describe(&mut metadata);
    if let Some(model) = &part.model {
        metadata.insert("ls_provider".to_owned(), model.provider.clone().into());
        metadata.insert("ls_model_name".to_owned(), model.model.clone().into());
        metadata.insert("ls_model_type".to_owned(), "chat".into());
        if !model.tags.is_empty() {
            metadata.insert("tags".to_owned(), json!(model.tags));
        }
    }
    Ok(json!([message, metadata]))
}
