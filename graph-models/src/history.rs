//! Messages on their way to a provider: what all protocols have in common.
// Not every protocol needs all of it.
#![cfg_attr(
    not(all(feature = "anthropic", feature = "gemini", feature = "ollama", feature = "openai")),
    allow(dead_code)
)]
use graph_core::message::{ContentBlock, InvalidToolCall, Message, ReasoningBlock, TextBlock, ToolCall};
use graph_core::model::ModelError;
use serde_json::Value;

/// A part of an assistant's message, in its place.
pub(crate) enum Part<'a> {
    Text(&'a TextBlock),
    /// Of this provider.
    Reasoning(&'a ReasoningBlock),
    Call(&'a ToolCall),
    /// Its answer in the history needs it.
    Invalid(&'a InvalidToolCall),
    /// In the form of this provider.
    Native(&'a Value),
}

/// The parts of an assistant's message for a provider. What only another provider can read is left out; so a history may
/// go to any model. Calls without a place among the blocks come last.
pub(crate) fn assistant<'a>(message: &'a Message, provider: &str) -> Vec<Part<'a>> {
    let is_own = is_of(message, provider);
    let mut parts = Vec::new();
    let mut placed: Vec<&str> = Vec::new();
    for block in message.blocks() {
        match block {
            ContentBlock::Text(block) => parts.push(Part::Text(block)),
            ContentBlock::Reasoning(block) if is_own => parts.push(Part::Reasoning(block)),
            ContentBlock::Unknown(value) if is_own => parts.push(Part::Native(value)),
            // The calls of the message count: a block may be older.
            ContentBlock::ToolCall(old) => {
                if let Some(call) = message.tool_calls().iter().find(|call| call.id == old.id) {
                    parts.push(Part::Call(call));
                    placed.push(&call.id);
                }
            }
            _ => {}
        }
    }
    parts.extend(message.tool_calls().iter().filter(|call| !placed.contains(&&*call.id)).map(Part::Call));
    parts.extend(message.invalid_tool_calls().iter().map(Part::Invalid));
    parts
}

/// Whether a message is of a provider: it says so, or says nothing.
pub(crate) fn is_of(message: &Message, provider: &str) -> bool {
    message.response_metadata().get("model_provider").is_none_or(|of| of == provider)
}

/// The name of the tool whose result a message is.
pub(crate) fn tool_name<'a>(result: &'a Message, messages: &'a [Message]) -> Option<&'a str> {
    let id = result.tool_call_id();
    let valid = messages.iter().flat_map(Message::tool_calls).map(|call| (&call.id, &call.name));
    let invalid = messages.iter().flat_map(Message::invalid_tool_calls).map(|call| (&call.id, &call.name));
    let called = valid.chain(invalid).find(|(call, _)| *call == id).map(|(_, name)| name.as_str());
    called.or(result.name())
}

/// Media type and base64 of a `data:` URL.
pub(crate) fn data_of(url: &str) -> Option<(&str, &str)> {
    url.strip_prefix("data:")?.split_once(";base64,")
}

pub(crate) fn unsupported(what: &str) -> ModelError {
    ModelError::Unsupported { what: what.to_owned() }
}

/// The error of a message that is none.
pub(crate) fn remove_message() -> ModelError {
    unsupported("a remove message; reduce the messages before they are sent")
}
