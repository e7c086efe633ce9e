//! Assembles a message from its chunks.
use std::sync::Arc;

use serde_json::{Map, Value};

use super::assemble::ToolCallAssembler;
use super::chunk::MessageChunk;
use super::parts::Parts;
use super::role::Role;
use super::single::Message;
use super::tool_call::{InvalidToolCall, ToolCall};
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
    parts: Parts,
    calls: ToolCallAssembler,
    usage: Option<Usage>,
    response_metadata: Map<String, Value>,
    additional_kwargs: Map<String, Value>,
    /// The message, if the first chunk is a whole one.
    whole: Option<Message>,
}

impl MessageAccumulator {
    /// An empty accumulator.
    pub fn new() -> Self {
        MessageAccumulator::default()
    }

    /// Adds the next chunk.
    pub fn push(&mut self, chunk: &MessageChunk) {
        self.whole = chunk.whole().filter(|whole| self.is_empty() && whole.role() == Role::Assistant).cloned();
        if self.id.is_none() {
            self.id = chunk.shared_id().cloned();
        }
        self.parts.push(chunk);
        for fragment in chunk.tool_call_chunks() {
            let position = self.calls.push(fragment);
            self.parts.call(position);
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

    fn is_empty(&self) -> bool {
        self.id.is_none() && self.parts.is_empty()
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        self.parts.text()
    }

    /// The reasoning so far.
    pub fn reasoning(&self) -> &str {
        self.parts.reasoning()
    }

    /// The tool calls so far, each with the arguments parsed from what has arrived: `{}`, then `{"a":2}`, and so on.
    pub fn tool_calls(&self) -> Vec<ToolCall> {
        self.calls.partial()
    }

    /// The usage so far.
    pub fn usage(&self) -> Option<&Usage> {
        self.usage.as_ref()
    }

    /// The message. Its content is text, or blocks in the order of their arrival if there is more than text. Calls whose
    /// arguments are not a JSON object, and one that the token limit cut off, become its invalid tool calls.
    pub fn finish(self) -> Message {
        if let Some(whole) = self.whole {
            return whole.with_id(self.id.as_deref().unwrap_or_default());
        }
        let ids: Vec<Arc<str>> = self.calls.calls().iter().map(|call| Arc::from(call.id())).collect();
        let (mut calls, mut invalid) = self.calls.finish();
        let is_cut = self.response_metadata.get("finish_reason").is_some_and(|reason| reason == "length");
        if is_cut && self.parts.ends_in_call() && calls.last().map(|call| &*call.id) == ids.last().map(|id| &**id) {
            // What has arrived of its arguments may be JSON by chance, above all if nothing has.
            invalid.extend(calls.pop().map(cut_off));
        }
        let content = self.parts.finish(|position| {
            let id = ids.get(position)?;
            calls.iter().find(|call| *call.id == **id).cloned()
        });
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

fn cut_off(call: ToolCall) -> InvalidToolCall {
    let ToolCall { name, args, id } = call;
    let error = Some("the reply was cut off by the token limit".to_owned());
    InvalidToolCall { name, args: args.to_string(), id, error }
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
