//! A piece of an assistant message that is still being written.
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::single::Message;
use super::usage::Usage;

/// A piece of a streamed assistant message.
///
/// A piece of plain text, of which a reply has hundreds, is one string and a shared id; all else stands in one box that
/// such pieces do not have.
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

/// What most pieces do not have.
#[derive(Clone, Debug, Default, PartialEq)]
struct Rest {
    reasoning: String,
    reasoning_signature: Option<String>,
    tool_call_chunks: Vec<ToolCallChunk>,
    usage: Option<Usage>,
    finish_reason: Option<String>,
    response_metadata: Map<String, Value>,
    additional_kwargs: Map<String, Value>,
    last: bool,
    whole: Option<Message>,
}

/// A fragment of a tool call; which call it belongs to is told by `index`, see
/// [`ToolCallAssembler`](super::ToolCallAssembler).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "tool_call_chunk")]
pub struct ToolCallChunk {
    /// The name of the tool, on the first fragment.
    #[serde(default)]
    pub name: Option<String>,
    /// The next piece of the arguments' JSON text.
    #[serde(default)]
    pub args: Option<String>,
    /// The id of the call, on the first fragment.
    #[serde(default)]
    pub id: Option<String>,
    /// The number of the call in this message.
    #[serde(default)]
    pub index: Option<usize>,
}

impl ToolCallChunk {
    /// An empty fragment of the call number `index`.
    pub fn new(index: usize) -> Self {
        ToolCallChunk { index: Some(index), ..ToolCallChunk::default() }
    }

    /// With the id of the call.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// With the name of the tool.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// With a piece of the arguments.
    #[must_use]
    pub fn with_args(mut self, args: impl Into<String>) -> Self {
        self.args = Some(args.into());
        self
    }
}

impl MessageChunk {
    /// A piece of text, which may be empty.
    pub fn new(text: impl Into<String>) -> Self {
        MessageChunk { id: None, text: text.into(), rest: None }
    }

    fn rest_mut(&mut self) -> &mut Rest {
        self.rest.get_or_insert_default()
    }

    /// With the id of the message, the same on every piece. Cheap when given an `Arc<str>`.
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

    /// With the provider's proof of the reasoning.
    #[must_use]
    pub fn with_reasoning_signature(mut self, signature: impl Into<String>) -> Self {
        self.rest_mut().reasoning_signature = Some(signature.into());
        self
    }

    /// With one more fragment of a tool call.
    #[must_use]
    pub fn with_tool_call_chunk(mut self, chunk: ToolCallChunk) -> Self {
        self.rest_mut().tool_call_chunks.push(chunk);
        self
    }

    /// With the usage up to here: of several, the last one counts.
    #[must_use]
    pub fn with_usage(mut self, usage: Usage) -> Self {
        self.rest_mut().usage = Some(usage);
        self
    }

    /// With the reason why the model stopped, in the provider's words.
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

    /// Marked as the last piece of its message.
    #[must_use]
    pub fn into_last(mut self) -> Self {
        self.rest_mut().last = true;
        self
    }

    /// As all that there is of a message.
    pub(super) fn with_whole(mut self, message: Message) -> Self {
        self.rest_mut().whole = Some(message);
        self
    }

    /// The message itself, if this is not a piece of one: nodes also give out messages that no model streamed.
    pub fn whole(&self) -> Option<&Message> {
        self.rest.as_ref()?.whole.as_ref()
    }

    /// The id of the message; empty if it has none.
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    /// The id, shared.
    pub fn shared_id(&self) -> Option<&Arc<str>> {
        self.id.as_ref()
    }

    /// The piece of text; often empty on pieces that carry something else.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The piece of text, taken out.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The piece of reasoning.
    pub fn reasoning(&self) -> &str {
        self.rest.as_ref().map_or("", |rest| &rest.reasoning)
    }

    /// The provider's proof of the reasoning.
    pub fn reasoning_signature(&self) -> Option<&str> {
        self.rest.as_ref()?.reasoning_signature.as_deref()
    }

    /// The fragments of tool calls.
    pub fn tool_call_chunks(&self) -> &[ToolCallChunk] {
        self.rest.as_ref().map_or(&[], |rest| &rest.tool_call_chunks)
    }

    /// The usage up to here.
    pub fn usage(&self) -> Option<&Usage> {
        self.rest.as_ref()?.usage.as_ref()
    }

    /// Why the model stopped, such as `stop`, `length` or `tool_calls`; providers add words of their own.
    pub fn finish_reason(&self) -> Option<&str> {
        self.rest.as_ref()?.finish_reason.as_deref()
    }

    /// What else the provider said, without the finish reason. Empty on most pieces.
    pub fn response_metadata(&self) -> Option<&Map<String, Value>> {
        self.rest.as_ref().map(|rest| &rest.response_metadata).filter(|map| !map.is_empty())
    }

    /// Provider-specific fields. Empty on most pieces.
    pub fn additional_kwargs(&self) -> Option<&Map<String, Value>> {
        self.rest.as_ref().map(|rest| &rest.additional_kwargs).filter(|map| !map.is_empty())
    }

    /// Whether this is the last piece of its message.
    pub fn is_last(&self) -> bool {
        self.rest.as_ref().is_some_and(|rest| rest.last)
    }

    /// Whether the piece says nothing: no text, no reasoning, no fragment of a call.
    pub fn is_silent(&self) -> bool {
        self.text.is_empty() && self.reasoning().is_empty() && self.tool_call_chunks().is_empty()
    }
}

/// The piece of text.
impl fmt::Display for MessageChunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
