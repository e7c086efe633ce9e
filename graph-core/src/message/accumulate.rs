//! Assembles a message from its chunks.
use std::sync::Arc;

use serde_json::{Map, Value};

use super::assemble::ToolCallAssembler;
use super::block::{ContentBlock, ReasoningBlock};
use super::chunk::MessageChunk;
use super::content::Content;
use super::role::Role;
use super::single::Message;
use super::tool_call::ToolCall;
use super::usage::Usage;

/// Assembles the chunks of one streamed reply.
///
/// ```
/// use graph_core::message::{MessageAccumulator, MessageChunk, ToolCallChunk};
/// use serde_json::json;
///
/// let mut reply = MessageAccumulator::new();
/// reply.push(&MessageChunk::new("Let me see.").with_id("run-1"));
/// reply.push(&MessageChunk::new("").with_tool_call_chunk(ToolCallChunk::new(0).with_id("c").with_name("add")));
/// reply.push(&MessageChunk::new("").with_tool_call_chunk(ToolCallChunk::new(0).with_args(r#"{"a": 2, "b"#)));
/// assert_eq!(reply.tool_calls()[0].args, json!({"a": 2}));
/// reply.push(&MessageChunk::new("").with_tool_call_chunk(ToolCallChunk::new(0).with_args(r#"": 3}"#)).into_last());
///
/// let message = reply.finish();
/// assert_eq!((message.id(), message.text().as_str()), ("run-1", "Let me see."));
/// assert_eq!(message.tool_calls()[0].args, json!({"a": 2, "b": 3}));
/// ```
#[derive(Clone, Debug, Default)]
pub struct MessageAccumulator {
    id: Option<Arc<str>>,
    text: String,
    reasoning: String,
    reasoning_signature: Option<String>,
    calls: ToolCallAssembler,
    usage: Option<Usage>,
    response_metadata: Map<String, Value>,
    additional_kwargs: Map<String, Value>,
}

impl MessageAccumulator {
    /// An empty accumulator.
    pub fn new() -> Self {
        MessageAccumulator::default()
    }

    /// Adds the next chunk.
    pub fn push(&mut self, chunk: &MessageChunk) {
        if self.id.is_none() {
            self.id = chunk.shared_id().cloned();
        }
        self.text.push_str(chunk.text());
        self.reasoning.push_str(chunk.reasoning());
        if let Some(signature) = chunk.reasoning_signature() {
            self.reasoning_signature = Some(signature.to_owned());
        }
        for fragment in chunk.tool_call_chunks() {
            self.calls.push(fragment);
        }
        if let Some(usage) = chunk.usage() {
            self.usage = Some(usage.clone());
        }
        for (into, from) in [
            (&mut self.response_metadata, chunk.response_metadata()),
            (&mut self.additional_kwargs, chunk.additional_kwargs()),
        ] {
            for (key, value) in from.into_iter().flatten() {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        if let Some(reason) = chunk.finish_reason() {
            self.response_metadata.insert("finish_reason".to_owned(), reason.into());
        }
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The reasoning so far.
    pub fn reasoning(&self) -> &str {
        &self.reasoning
    }

    /// The tool calls so far, each with the arguments parsed from what has arrived: `{}`, then `{"a":2}`, and so on.
    pub fn tool_calls(&self) -> Vec<ToolCall> {
        self.calls.partial()
    }

    /// The usage so far.
    pub fn usage(&self) -> Option<&Usage> {
        self.usage.as_ref()
    }

    /// The message. Calls whose arguments are not a JSON object become its invalid tool calls.
    pub fn finish(self) -> Message {
        let content = if self.reasoning.is_empty() && self.reasoning_signature.is_none() {
            Content::from(self.text)
        } else {
            let mut blocks = vec![ContentBlock::Reasoning(ReasoningBlock {
                reasoning: self.reasoning,
                signature: self.reasoning_signature,
                extra: Map::new(),
            })];
            if !self.text.is_empty() {
                blocks.push(ContentBlock::text(self.text));
            }
            Content::from(blocks)
        };
        let (calls, invalid) = self.calls.finish();
        let mut message = Message::of(Role::Assistant, content);
        let inner = message.inner_mut();
        inner.id = self.id;
        inner.tool_calls = calls;
        inner.invalid_tool_calls = invalid;
        inner.usage = self.usage;
        inner.response_metadata = self.response_metadata;
        inner.additional_kwargs = self.additional_kwargs;
        message
    }
}

/// Lists are concatenated (log probabilities arrive token by token), objects are merged, other values are overwritten.
fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Array(into), Value::Array(from)) => into.extend(from.iter().cloned()),
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => into.clone_from(from),
    }
}
