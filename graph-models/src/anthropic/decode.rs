//! Decodes the server's events into chunks.
use std::collections::BTreeMap;

use graph_core::message::{ContentBlock, MessageChunk, ToolCallChunk};
use serde_json::{Map, Value, json};

use super::usage::Counts;
use super::wire::{Delta, Event, Reply, Stop};
use crate::http::{Calls, Decode, Fault, Head, Progress, object};
use crate::sse::SseEvent;

/// Decodes the events of one reply. Blocks are known by their index: some servers interleave them, and end them all at
/// the end of the reply.
#[derive(Default)]
pub(crate) struct Decoder {
    head: Head,
    counts: Counts,
    calls: Calls,
    open: BTreeMap<u64, Block>,
}

/// A content block that has begun.
enum Block {
    Text,
    Thinking {
        signature: String,
    },
    /// A call of a tool of ours. The input is that of the beginning, if no piece of it followed.
    ToolUse {
        input: Option<Value>,
    },
    /// A call of a tool of the provider's, kept as it is.
    ServerToolUse {
        block: Map<String, Value>,
        input: String,
    },
    /// It arrived whole.
    Whole,
}

impl Decode for Decoder {
    const EXPECTED: &'static str = "an event of a message";

    fn event(&mut self, event: &SseEvent, chunks: &mut Vec<MessageChunk>) -> Result<Progress, Fault> {
        let Event { kind, index, message, content_block, delta, usage, error } = object(&event.data)?;
        let kind = kind.unwrap_or_else(|| event.event.clone());
        if event.event == "error" || kind == "error" || error.is_some() {
            return Err(Fault::reported(&serde_json::from_str(&event.data)?));
        }
        if kind.is_empty() {
            return Err(Fault::missing("type"));
        }
        let at = || index.ok_or_else(|| Fault::missing("index"));
        match kind.as_str() {
            "message_start" => self.record(message.as_ref().ok_or_else(|| Fault::missing("message"))?),
            "content_block_start" => {
                self.start(at()?, content_block.ok_or_else(|| Fault::missing("content_block"))?, chunks);
            }
            "content_block_delta" => self.delta(at()?, delta.ok_or_else(|| Fault::missing("delta"))?, chunks)?,
            "content_block_stop" => {
                self.stop(at()?, chunks);
            }
            "message_delta" => {
                self.count(usage.as_ref());
                self.finish(&delta.ok_or_else(|| Fault::missing("delta"))?.stop);
            }
            "message_stop" => {
                for index in self.open.keys().copied().collect::<Vec<_>>() {
                    self.stop(index, chunks);
                }
                return Ok(Progress::End);
            }
            // `ping`, and what the protocol may add.
            _ => {}
        }
        Ok(Progress::More)
    }

    fn whole(&mut self, body: &str, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault> {
        let reply: Reply = object(body)?;
        if reply.error.is_some() || reply.kind.as_deref() == Some("error") {
            return Err(Fault::reported(&serde_json::from_str(body)?));
        }
        self.record(&reply);
        let blocks = reply.content.ok_or_else(|| Fault::missing("content"))?;
        for (index, block) in (0..).zip(blocks) {
            self.start(index, block, chunks);
            self.stop(index, chunks);
        }
        self.finish(&reply.stop);
        Ok(())
    }

    fn head(&mut self) -> &mut Head {
        &mut self.head
    }
}

impl Decoder {
    fn record(&mut self, reply: &Reply) {
        self.head.set_id(reply.id.as_deref());
        self.head.keep("model_provider", Some("anthropic".into()));
        self.head.keep("model_name", reply.model.as_deref().map(Value::from));
        self.count(reply.usage.as_ref());
    }

    fn count(&mut self, usage: Option<&Value>) {
        if let Some(usage) = usage {
            self.counts.read(usage);
            self.head.keep("service_tier", usage.get("service_tier").cloned());
        }
        self.head.usage = self.counts.usage();
    }

    fn finish(&mut self, stop: &Stop) {
        let Some(native) = stop.reason.as_deref() else { return };
        let reason = match native {
            "end_turn" | "stop_sequence" => "stop",
            "max_tokens" | "model_context_window_exceeded" => "length",
            "tool_use" => "tool_calls",
            "pause_turn" => "pause",
            other => other,
        };
        self.head.finish_as(reason, native);
        self.head.keep("stop_sequence", stop.sequence.as_deref().map(Value::from));
        if let Some(details) = &stop.details {
            self.head.keep("refusal", details.get("explanation").cloned());
            self.head.keep("stop_details", Some(details.clone()));
        }
    }

    fn start(&mut self, index: u64, mut block: Map<String, Value>, chunks: &mut Vec<MessageChunk>) {
        let mut take = |key: &str| match block.remove(key) {
            Some(Value::String(text)) => text,
            _ => String::new(),
        };
        let block = match take("type").as_str() {
            "text" => {
                self.head.push(chunks, MessageChunk::new(take("text")));
                if let Some(citations) = block.remove("citations").filter(Value::is_array) {
                    self.cite(citations, chunks);
                }
                Block::Text
            }
            "thinking" => {
                self.head.push(chunks, MessageChunk::new("").with_reasoning(take("thinking")));
                Block::Thinking { signature: take("signature") }
            }
            "tool_use" => {
                let fragment = ToolCallChunk::new(index as usize).with_id(take("id")).with_name(take("name"));
                self.call(fragment.with_args(""), chunks);
                let input = block.remove("input").filter(|input| input.as_object().is_some_and(|map| !map.is_empty()));
                Block::ToolUse { input }
            }
            kind => {
                block.insert("type".to_owned(), kind.into());
                if kind.ends_with("tool_use") {
                    Block::ServerToolUse { block, input: String::new() }
                } else {
                    let block = ContentBlock::Unknown(block.into());
                    self.head.push(chunks, MessageChunk::new("").with_block(block));
                    Block::Whole
                }
            }
        };
        self.open.insert(index, block);
    }

    fn delta(&mut self, index: u64, delta: Delta, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault> {
        let block = self.open.get_mut(&index);
        let block = block.ok_or_else(|| Fault::Unparsable(format!("the block {index} has not begun")))?;
        if let (Block::Thinking { signature }, Some(piece)) = (&mut *block, &delta.signature) {
            signature.push_str(piece);
        }
        match (block, delta.partial_json) {
            (_, None) => {}
            (Block::ServerToolUse { input, .. }, Some(piece)) => input.push_str(&piece),
            (Block::ToolUse { input }, Some(args)) => {
                if !args.is_empty() {
                    *input = None;
                    self.call(ToolCallChunk::new(index as usize).with_args(args), chunks);
                }
            }
            (_, Some(_)) => return Err(Fault::Unparsable(format!("the block {index} is no call"))),
        }
        if let Some(citation) = delta.citation {
            self.cite(json!([citation]), chunks);
        }
        let mut chunk = MessageChunk::new(delta.text.unwrap_or_default());
        if let Some(thinking) = delta.thinking.filter(|thinking| !thinking.is_empty()) {
            chunk = chunk.with_reasoning(thinking);
        }
        self.head.push(chunks, chunk);
        Ok(())
    }

    /// The end of a block.
    fn stop(&mut self, index: u64, chunks: &mut Vec<MessageChunk>) {
        let Some(block) = self.open.remove(&index) else { return };
        match block {
            Block::Thinking { signature } if !signature.is_empty() => {
                self.head.push(chunks, MessageChunk::new("").with_reasoning_signature(signature));
            }
            Block::ToolUse { input: Some(input) } => {
                self.call(ToolCallChunk::new(index as usize).with_args(input.to_string()), chunks);
            }
            Block::ServerToolUse { mut block, input } => {
                if let Ok(input) = serde_json::from_str::<Value>(&input) {
                    block.insert("input".to_owned(), input);
                }
                self.head.push(chunks, MessageChunk::new("").with_block(ContentBlock::Unknown(block.into())));
            }
            Block::Text | Block::Thinking { .. } | Block::ToolUse { .. } | Block::Whole => {}
        }
    }

    fn call(&mut self, fragment: ToolCallChunk, chunks: &mut Vec<MessageChunk>) {
        if let Some(fragment) = self.calls.push(fragment) {
            self.head.push(chunks, MessageChunk::new("").with_tool_call_chunk(fragment));
        }
    }

    fn cite(&mut self, citations: Value, chunks: &mut Vec<MessageChunk>) {
        self.head.push(chunks, MessageChunk::new("").with_response_metadata("citations", citations));
    }
}
