//! The `with_..` methods of a message.
use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::block::ContentBlock;
use super::content::Content;
use super::single::{Inner, Message};
use super::tool_call::{InvalidToolCall, ToolCall, ToolStatus};
use super::usage::Usage;

impl Message {
    pub(super) fn inner_mut(&mut self) -> &mut Inner {
        Arc::make_mut(&mut self.0)
    }

    fn with(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        change(self.inner_mut());
        self
    }

    /// With this id; an empty string means none.
    #[must_use]
    pub fn with_id(self, id: impl AsRef<str>) -> Self {
        let id = id.as_ref();
        self.with(|m| m.id = if id.is_empty() { None } else { Some(id.into()) })
    }

    /// With this name of the participant or the tool.
    #[must_use]
    pub fn with_name(self, name: impl Into<String>) -> Self {
        self.with(|m| m.name = Some(name.into()))
    }

    /// With this content instead of the present one.
    #[must_use]
    pub fn with_content(self, content: impl Into<Content>) -> Self {
        self.with(|m| {
            m.content = content.into();
            m.lift_tool_calls();
        })
    }

    /// With these blocks as its content.
    #[must_use]
    pub fn with_blocks(self, blocks: impl IntoIterator<Item = ContentBlock>) -> Self {
        self.with_content(blocks.into_iter().collect::<Vec<_>>())
    }

    /// With these tool calls instead of the present ones.
    #[must_use]
    pub fn with_tool_calls(self, calls: impl IntoIterator<Item = ToolCall>) -> Self {
        self.with(|m| m.tool_calls = calls.into_iter().collect())
    }

    /// With these invalid tool calls.
    #[must_use]
    pub fn with_invalid_tool_calls(self, calls: impl IntoIterator<Item = InvalidToolCall>) -> Self {
        self.with(|m| m.invalid_tool_calls = calls.into_iter().collect())
    }

    /// With the token usage of the model call.
    #[must_use]
    pub fn with_usage(self, usage: Usage) -> Self {
        self.with(|m| m.usage = Some(usage))
    }

    /// With one more key of response metadata.
    #[must_use]
    pub fn with_response_metadata(self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(|m| drop(m.response_metadata.insert(key.into(), value.into())))
    }

    /// With one more provider-specific field.
    #[must_use]
    pub fn with_additional_kwarg(self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(|m| drop(m.additional_kwargs.insert(key.into(), value.into())))
    }

    /// With this status of the tool call, for a tool message.
    #[must_use]
    pub fn with_status(self, status: ToolStatus) -> Self {
        self.with(|m| m.status = status)
    }

    /// With a tool's artifact: data for the program, not for the model.
    #[must_use]
    pub fn with_artifact(self, artifact: impl Into<Value>) -> Self {
        self.with(|m| m.artifact = Some(artifact.into()))
    }

    /// Gives the message a random id (UUID version 4) if it has none.
    pub fn ensure_id(&mut self) {
        if self.0.id.is_none() {
            self.inner_mut().id = Some(random_id());
        }
    }
}

/// A new random id.
pub(super) fn random_id() -> Arc<str> {
    Arc::from(&*Uuid::new_v4().hyphenated().encode_lower(&mut Uuid::encode_buffer()))
}

impl Inner {
    /// Adds the tool calls among the content blocks that `tool_calls` lacks.
    pub(super) fn lift_tool_calls(&mut self) {
        for block in self.content.blocks() {
            if let ContentBlock::ToolCall(call) = block
                && !self.tool_calls.iter().any(|known| known == call || (!call.id.is_empty() && known.id == call.id))
            {
                self.tool_calls.push(call.clone());
            }
        }
    }
}
