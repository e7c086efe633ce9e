//! The JSON form of chunks: LangChain's `AIMessageChunk`.
use serde::de::Error as _;
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::block::{ContentBlock, ReasoningBlock};
use super::chunk::MessageChunk;
use super::content::Content;
use super::foreign;
use super::partial_json::parse_partial_json;
use super::tool_call::{InvalidToolCall, ToolCall, null_as_default};
use super::tool_call_chunk::ToolCallChunk;
use super::usage::Usage;

/// LangChain's form, as LangGraph streams it: `type` is `AIMessageChunk`; `tool_calls` and `invalid_tool_calls` are
/// parsed from the fragments of this one chunk; `chunk_position` is `last` in the last chunk. A chunk with reasoning
/// or whole blocks has a list of blocks as its `content`. A chunk that is a whole message is written as that message. (langchain-core
/// 1.7, `AIMessageChunk.init_tool_calls`.)
impl Serialize for MessageChunk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(message) = self.whole() {
            return message.serialize(serializer);
        }
        let empty = Map::new();
        let (calls, invalid) = read_fragments(self.tool_call_chunks());
        let mut map = serializer.serialize_map(None)?;
        if self.reasoning().is_empty() && self.reasoning_signature().is_none() && self.blocks().is_empty() {
            map.serialize_entry("content", self.text())?;
        } else {
            map.serialize_entry("content", &blocks(self))?;
        }
        map.serialize_entry("additional_kwargs", self.additional_kwargs().unwrap_or(&empty))?;
        match self.finish_reason() {
            None => map.serialize_entry("response_metadata", self.response_metadata().unwrap_or(&empty))?,
            Some(reason) => {
                let mut metadata = self.response_metadata().cloned().unwrap_or_default();
                metadata.insert("finish_reason".to_owned(), reason.into());
                map.serialize_entry("response_metadata", &metadata)?;
            }
        }
        map.serialize_entry("type", "AIMessageChunk")?;
        map.serialize_entry("name", &None::<&str>)?;
        map.serialize_entry("id", &self.shared_id())?;
        map.serialize_entry("tool_calls", &calls)?;
        map.serialize_entry("invalid_tool_calls", &invalid)?;
        map.serialize_entry("usage_metadata", &self.usage())?;
        let chunks = serde_json::to_value(self.tool_call_chunks()).map_err(S::Error::custom)?;
        map.serialize_entry("tool_call_chunks", &chunks)?;
        map.serialize_entry("chunk_position", &self.is_last().then_some("last"))?;
        map.end()
    }
}

/// The content blocks of a chunk that is not only text.
fn blocks(chunk: &MessageChunk) -> Vec<ContentBlock> {
    let mut blocks = Vec::new();
    let signature = chunk.reasoning_signature().map(ToOwned::to_owned);
    if signature.is_some() || !chunk.reasoning().is_empty() {
        let reasoning = chunk.reasoning().to_owned();
        blocks.push(ContentBlock::Reasoning(ReasoningBlock { reasoning, signature, extra: Map::new() }));
    }
    if !chunk.text().is_empty() {
        blocks.push(ContentBlock::text(chunk.text()));
    }
    blocks.extend(chunk.blocks().iter().cloned());
    blocks
}

/// Parses each fragment by itself, as LangChain does.
fn read_fragments(fragments: &[ToolCallChunk]) -> (Vec<ToolCall>, Vec<InvalidToolCall>) {
    let (mut calls, mut invalid) = (Vec::new(), Vec::new());
    for ToolCallChunk { name, args, id, .. } in fragments {
        let (name, id) = (name.clone().unwrap_or_default(), id.clone().unwrap_or_default());
        let text = args.as_deref().unwrap_or_default();
        match if text.is_empty() { Some(json!({})) } else { parse_partial_json(text) } {
            Some(args @ Value::Object(_)) => calls.push(ToolCall { name, args, id }),
            _ => invalid.push(InvalidToolCall { name, args: text.to_owned(), id, error: None }),
        }
    }
    (calls, invalid)
}

/// The keys that are read; `tool_calls` are derived from the fragments.
#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    content: Content,
    #[serde(default)]
    id: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    tool_call_chunks: Vec<ToolCallChunk>,
    #[serde(default)]
    usage_metadata: Option<Usage>,
    #[serde(default, deserialize_with = "null_as_default")]
    response_metadata: Map<String, Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    additional_kwargs: Map<String, Value>,
    #[serde(default)]
    chunk_position: Option<String>,
}

impl<'de> Deserialize<'de> for MessageChunk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if value["type"] != "AIMessageChunk" {
            let message = foreign::read_message(value).map_err(D::Error::custom)?;
            return Ok(MessageChunk::from(message));
        }
        let mut fields = Fields::deserialize(value).map_err(D::Error::custom)?;
        let mut chunk = MessageChunk::new(fields.content.text());
        if let Some(id) = fields.id {
            chunk = chunk.with_id(id);
        }
        for block in fields.content.blocks() {
            chunk = match block {
                ContentBlock::Text(_) => chunk,
                ContentBlock::Reasoning(block) if block.extra.is_empty() => match &block.signature {
                    Some(signature) => chunk.with_reasoning(&block.reasoning).with_reasoning_signature(signature),
                    None => chunk.with_reasoning(&block.reasoning),
                },
                block => chunk.with_block(block.clone()),
            };
        }
        for fragment in fields.tool_call_chunks {
            chunk = chunk.with_tool_call_chunk(fragment);
        }
        if let Some(usage) = fields.usage_metadata {
            chunk = chunk.with_usage(usage);
        }
        if let Some(Value::String(reason)) = fields.response_metadata.remove("finish_reason") {
            chunk = chunk.with_finish_reason(reason);
        }
        for (key, value) in fields.response_metadata {
            chunk = chunk.with_response_metadata(key, value);
        }
        for (key, value) in fields.additional_kwargs {
            chunk = chunk.with_additional_kwarg(key, value);
        }
        Ok(if fields.chunk_position.as_deref() == Some("last") { chunk.into_last() } else { chunk })
    }
}
