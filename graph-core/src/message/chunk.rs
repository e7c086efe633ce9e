//! A chunk of a streamed assistant message.
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::block::ContentBlock;
use super::single::Message;
use super::tool_call_chunk::ToolCallChunk;
use super::usage::Usage;

/// A chunk of a streamed assistant message.
///
/// A chunk of plain text, of which a reply has hundreds, is one string and a shared id; all other fields are in a box
/// that such chunks do not allocate.
///
/// ```
/// use graph_core::message::MessageChunk;
/// let chunk = MessageChunk::new("Hel").with_id("run-1");
/// assert_eq!((chunk.text(), chunk.id(), chunk.is_last()), ("Hel", "run-1", false));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MessageChunk {
    id: Option<Arc<str>>,
    text: String,
    rest: Option<Box<Rest>>,
}

/// The fields that most chunks do not have.
#[derive(Clone, Debug, Default, PartialEq)]
struct Rest {
    reasoning: String,
    reasoning_signature: Option<String>,
    tool_call_chunks: Vec<ToolCallChunk>,
    blocks: Vec<ContentBlock>,
    usage: Option<Usage>,
    finish_reason: Option<String>,
    response_metadata: Map<String, Value>,
    additional_kwargs: Map<String, Value>,
    last: bool,
    whole: Option<Message>,
}

impl MessageChunk {
    /// A piece of text, which may be empty.
    pub fn new(text: impl Into<String>) -> Self {
        MessageChunk { id: None, text: text.into(), rest: None }
    }

    fn rest_mut(&mut self) -> &mut Rest {
        self.rest.get_or_insert_default()
    }

    /// With the id of the message, the same in every chunk. Cheap when given an `Arc<str>`.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<Arc<str>>) -> Self {
        self.id = Some(id.into()).filter(|id: &Arc<str>| !id.is_empty());
        self
    }

    /// With a piece of reasoning.
    #[must_use]
    pub fn with_reasoning(mut self, reasoning: impl Into<String>) -> Self {
        self.rest_mut().reasoning = reasoning.into();
        self
    }

    /// With the provider's signature of the reasoning.
    #[must_use]
    pub fn with_reasoning_signature(mut self, signature: impl Into<String>) -> Self {
        self.rest_mut().reasoning_signature = Some(signature.into());
        self
    }

    /// With one more whole content block, such as reasoning that only the provider can read. It keeps its place between
    /// the texts. A [`ContentBlock::Reasoning`] without text completes the reasoning that was streamed before it: it
    /// brings the signature and the further keys.
    #[must_use]
    pub fn with_block(mut self, block: ContentBlock) -> Self {
        self.rest_mut().blocks.push(block);
        self
    }

    /// With one more fragment of a tool call.
    #[must_use]
    pub fn with_tool_call_chunk(mut self, chunk: ToolCallChunk) -> Self {
        self.rest_mut().tool_call_chunks.push(chunk);
        self
    }

    /// With the usage so far; the last one wins.
    #[must_use]
    pub fn with_usage(mut self, usage: Usage) -> Self {
        self.rest_mut().usage = Some(usage);
        self
    }

    /// With the finish reason, in the provider's words.
    #[must_use]
    pub fn with_finish_reason(mut self, reason: impl Into<String>) -> Self {
        self.rest_mut().finish_reason = Some(reason.into());
        self
    }

    /// With one more key of response metadata.
    #[must_use]
    pub fn with_response_metadata(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.rest_mut().response_metadata.insert(key.into(), value.into());
        self
    }

    /// With one more provider-specific field.
    #[must_use]
    pub fn with_additional_kwarg(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.rest_mut().additional_kwargs.insert(key.into(), value.into());
        self
    }

    /// Marked as the last chunk of its message.
    #[must_use]
    pub fn into_last(mut self) -> Self {
        self.rest_mut().last = true;
        self
    }

    /// As the only chunk of a message.
    pub(super) fn with_whole(mut self, message: Message) -> Self {
        self.rest_mut().whole = Some(message);
        self
    }

    /// The whole message, if this is not a chunk of a streamed one: nodes also emit messages that no model streamed.
    pub fn whole(&self) -> Option<&Message> {
        self.rest.as_ref()?.whole.as_ref()
    }

    /// The id of the message; empty if it has none.
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    /// The id as a shared string.
    pub fn shared_id(&self) -> Option<&Arc<str>> {
        self.id.as_ref()
    }

    /// The text; often empty in chunks that carry something else.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, by value.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The reasoning.
    pub fn reasoning(&self) -> &str {
        self.rest.as_ref().map_or("", |rest| &rest.reasoning)
    }

    /// The provider's signature of the reasoning.
    pub fn reasoning_signature(&self) -> Option<&str> {
        self.rest.as_ref()?.reasoning_signature.as_deref()
    }

    /// The content blocks that arrived whole.
    pub fn blocks(&self) -> &[ContentBlock] {
        self.rest.as_ref().map_or(&[], |rest| &rest.blocks)
    }

    /// The tool call fragments.
    pub fn tool_call_chunks(&self) -> &[ToolCallChunk] {
        self.rest.as_ref().map_or(&[], |rest| &rest.tool_call_chunks)
    }

    /// The usage so far.
    pub fn usage(&self) -> Option<&Usage> {
        self.rest.as_ref()?.usage.as_ref()
    }

    /// Why the model stopped, such as `stop`, `length` or `tool_calls`; providers add their own words.
    pub fn finish_reason(&self) -> Option<&str> {
        self.rest.as_ref()?.finish_reason.as_deref()
    }

    /// Other metadata of the provider, without the finish reason. Empty in most chunks.
    pub fn response_metadata(&self) -> Option<&Map<String, Value>> {
        self.rest.as_ref().map(|rest| &rest.response_metadata).filter(|map| !map.is_empty())
    }

    /// Provider-specific fields. Empty in most chunks.
    pub fn additional_kwargs(&self) -> Option<&Map<String, Value>> {
        self.rest.as_ref().map(|rest| &rest.additional_kwargs).filter(|map| !map.is_empty())
    }

    /// Whether this is the last chunk of its message.
    pub fn is_last(&self) -> bool {
        self.rest.as_ref().is_some_and(|rest| rest.last)
    }

    /// Whether the chunk has no text, no reasoning and no tool call fragment.
    pub fn is_silent(&self) -> bool {
        self.text.is_empty() && self.reasoning().is_empty() && self.tool_call_chunks().is_empty()
    }
}

/// The text of the chunk.
impl fmt::Display for MessageChunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
