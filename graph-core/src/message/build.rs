//! The `with_..` methods of a message.
use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::block::ContentBlock;
use super::content::Content;
use super::single::{Message, SubgraphNode};
use super::tool_call::{InvalidToolCall, ToolCall, ToolStatus};
use super::usage::Usage;

impl Message {
    pub(super) fn inner_mut(&mut self) -> &mut SubgraphNode {
        Arc::make_mut(&mut self.0)
    }

    fn with(mut self, change: impl FnOnce(&mut SubgraphNode)) -> Self {
        change(self.inner_mut());
        self
    }

    /// With this id; an empty one means none.
    #[must_use]
    pub fn with_id(self, id: impl AsRef<str>) -> Self {
        let id = id.as_ref();
        self.with(|m| m.id = if id.is_empty() { None } else { Some(id.into()) })
    }

    /// With this name of the speaker or the tool.
    #[must_use]
    pub fn with_name(self, name: impl Into<String>) -> Self {
        self.with(|m| m.name = Some(name.into()))
    }

    /// With this content in place of what it said.
    #[must_use]
    pub fn with_content(self, content: impl Into<Content>) -> Self {
        self.with(|m| {
            m.content = content.into();
            m.lift_tool_calls();
        })
    }

    /// With these blocks in place of what it said.
    #[must_use]
    pub fn with_blocks(self, blocks: impl IntoIterator<Item = ContentBlock>) -> Self {
        self.with_content(blocks.into_iter().collect::<Vec<_>>())
    }

    /// With these tool calls in place of those it had.
    #[must_use]
    pub fn with_tool_calls(self, calls: impl IntoIterator<Item = ToolCall>) -> Self {
        self.with(|m| m.tool_calls = calls.into_iter().collect())
    }

    /// With these calls that cannot be run.
    #[must_use]
    pub fn with_invalid_tool_calls(self, calls: impl IntoIterator<Item = InvalidToolCall>) -> Self {
        self.with(|m| m.invalid_tool_calls = calls.into_iter().collect())
    }

    /// With what the model call cost.
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

    /// With how the tool call ended, for a tool message.
    #[must_use]
    pub fn with_status(self, status: ToolStatus) -> Self {
        self.with(|m| m.status = status)
    }

    /// With what a tool gave for the program and not for the model.
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

impl SubgraphNode {
    /// Takes over the calls that stand as blocks in the content and that `tool_calls` does not have.
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
