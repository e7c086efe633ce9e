//! Decodes the server's events into chunks.
use std::collections::HashSet;

use graph_core::message::{ContentBlock, MessageChunk, ReasoningBlock, ToolCallChunk};
use serde_json::{Map, Value, json};

use super::open_calls::OpenCalls;
use super::usage;
use super::wire::{Event, Item, Response, text, texts};
use crate::http::{Calls, Decode, Fault, Head, Progress, object};
use crate::sse::SseEvent;

/// Decodes the events of one reply. An item may come in pieces, and whole when it is done: what has come in pieces is
/// not taken twice.
#[derive(Default)]
pub(crate) struct Decoder {
    head: Head,
    calls: Calls,
    open: OpenCalls,
    /// The items of which text, or reasoning, has come in pieces.
    streamed: HashSet<String>,
    /// The items that were done.
    done: HashSet<String>,
    refusal: String,
    max_tokens: Option<u32>,
}

impl Decode for Decoder {
    const EXPECTED: &'static str = "an event of a response";

    fn event(&mut self, event: &SseEvent, chunks: &mut Vec<MessageChunk>) -> Result<Progress, Fault> {
        if event.data.trim() == "[DONE]" {
            // Not of this protocol, whose end is an event.
            return Ok(Progress::More);
        }
        let parsed: Event = object(&event.data)?;
        let kind = parsed.kind.clone().unwrap_or_else(|| event.event.clone());
        if event.event == "error" || kind == "error" || parsed.error.as_ref().is_some_and(|error| !error.is_null()) {
            return Err(Fault::reported(&serde_json::from_str(&event.data)?));
        }
        if kind.is_empty() {
            return Err(Fault::missing("type"));
        }
        match kind.as_str() {
            "response.created" | "response.queued" | "response.in_progress" => {
                self.record(&parsed.response.ok_or_else(|| Fault::missing("response"))?);
            }
            "response.completed" | "response.incomplete" | "response.failed" => {
                self.end(parsed.response.ok_or_else(|| Fault::missing("response"))?, chunks)?;
                return Ok(Progress::End);
            }
            "response.output_item.added" => {
                let item = parsed.item.ok_or_else(|| Fault::missing("item"))?;
                if text(&item, "type") == "function_call" {
                    self.begin_call(&item, parsed.output_index, chunks);
                }
            }
            "response.output_item.done" => {
                self.item(parsed.item.ok_or_else(|| Fault::missing("item"))?, parsed.output_index, chunks);
            }
            kind => self.piece(kind, parsed, chunks)?,
        }
        Ok(Progress::More)
    }

    fn whole(&mut self, body: &str, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault> {
        let response: Response = object(body)?;
        if response.output.is_none() && response.error.as_ref().is_none_or(Value::is_null) {
            return Err(Fault::missing("output"));
        }
        self.end(response, chunks)
    }

    fn head(&mut self) -> &mut Head {
        &mut self.head
    }

    fn last(&mut self) -> MessageChunk {
        let refusal = std::mem::take(&mut self.refusal);
        self.head.keep("refusal", Some(refusal.into()));
        self.head.last()
    }
}

impl Decoder {
    /// A decoder of the reply to a request with this limit.
    pub(crate) fn new(max_tokens: Option<u32>) -> Self {
        Decoder { max_tokens, ..Decoder::default() }
    }

    fn record(&mut self, response: &Response) {
        self.head.set_id(response.id.as_deref());
        self.head.keep("model_provider", Some("openai".into()));
        self.head.keep("model_name", response.model.as_deref().map(Value::from));
        self.head.keep("service_tier", response.service_tier.clone());
        if let Some(usage) = response.usage.as_ref().and_then(usage::read) {
            self.head.usage = Some(usage);
        }
    }

    /// A piece of an item.
    fn piece(&mut self, kind: &str, event: Event, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault> {
        let Event { item_id, output_index, summary_index, delta, arguments, annotation, .. } = event;
        let id = item_id.unwrap_or_default();
        let delta = match delta {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let piece = || delta.clone().ok_or_else(|| Fault::missing("delta"));
        let chunk = match kind {
            "response.output_text.delta" => {
                self.streamed.insert(id);
                MessageChunk::new(piece()?)
            }
            "response.reasoning_summary_text.delta" | "response.reasoning_text.delta" => {
                self.streamed.insert(id);
                MessageChunk::new("").with_reasoning(piece()?)
            }
            "response.reasoning_summary_part.added" if summary_index.unwrap_or_default() > 0 => {
                MessageChunk::new("").with_reasoning("\n\n")
            }
            "response.refusal.delta" => {
                self.streamed.insert(id);
                self.refusal.push_str(&piece()?);
                return Ok(());
            }
            "response.output_text.annotation.added" => {
                let annotations = annotation.map(|annotation| json!([annotation]));
                MessageChunk::new("").with_response_metadata("annotations", annotations.unwrap_or_else(|| json!([])))
            }
            "response.function_call_arguments.delta" | "response.function_call_arguments.done" => {
                let number = self.open.find(&id, "", output_index);
                let number = number.ok_or_else(|| Fault::Unparsable("its call has not begun".to_owned()))?;
                let args = if kind.ends_with("delta") { piece()? } else { arguments.unwrap_or_default() };
                let is_first = self.open.has_args(number);
                if is_first || kind.ends_with("delta") {
                    self.call(ToolCallChunk::new(number).with_args(args), chunks);
                }
                return Ok(());
            }
            // The ends of pieces, and what the protocol may add.
            _ => return Ok(()),
        };
        self.head.push(chunks, chunk);
        Ok(())
    }

    fn begin_call(&mut self, item: &Item, index: Option<u64>, chunks: &mut Vec<MessageChunk>) -> usize {
        let (id, call_id) = (text(item, "id"), text(item, "call_id"));
        let number = self.open.begin(id, call_id, index);
        let id = if call_id.is_empty() { id } else { call_id };
        let fragment = ToolCallChunk::new(number).with_id(id).with_name(text(item, "name")).with_args("");
        self.call(fragment, chunks);
        number
    }

    /// An item that is done.
    fn item(&mut self, item: Item, index: Option<u64>, chunks: &mut Vec<MessageChunk>) {
        let id = text(&item, "id").to_owned();
        if !id.is_empty() {
            self.done.insert(id.clone());
        }
        let is_new = !self.streamed.contains(&id);
        match text(&item, "type") {
            "message" if is_new => {
                let said: String = texts(&item, "content", "output_text", "text").collect();
                self.refusal.extend(texts(&item, "content", "refusal", "refusal"));
                self.head.push(chunks, MessageChunk::new(said));
            }
            "message" => {}
            "reasoning" => {
                let thought = match texts(&item, "summary", "summary_text", "text").collect::<Vec<_>>().join("\n\n") {
                    summary if summary.is_empty() => texts(&item, "content", "reasoning_text", "text").collect(),
                    summary => summary,
                };
                if is_new && !thought.is_empty() {
                    self.head.push(chunks, MessageChunk::new("").with_reasoning(thought));
                }
                let opaque = |(key, value): &(String, Value)| {
                    matches!(key.as_str(), "id" | "summary" | "encrypted_content") && !value.is_null() && *value != ""
                };
                let extra: Map<String, Value> = item.into_iter().filter(opaque).collect();
                let block = ReasoningBlock { extra, ..ReasoningBlock::default() };
                self.head.push(chunks, MessageChunk::new("").with_block(ContentBlock::Reasoning(block)));
            }
            "function_call" => {
                let known = self.open.find(&id, text(&item, "call_id"), index);
                let number = known.unwrap_or_else(|| self.begin_call(&item, index, chunks));
                if self.open.has_args(number) {
                    self.call(ToolCallChunk::new(number).with_args(text(&item, "arguments")), chunks);
                }
            }
            _ => self.head.push(chunks, MessageChunk::new("").with_block(ContentBlock::Unknown(item.into()))),
        }
    }

    fn call(&mut self, fragment: ToolCallChunk, chunks: &mut Vec<MessageChunk>) {
        if let Some(fragment) = self.calls.push(fragment) {
            self.head.push(chunks, MessageChunk::new("").with_tool_call_chunk(fragment));
        }
    }

    /// The end of the response.
    fn end(&mut self, mut response: Response, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault> {
        self.record(&response);
        if let Some(error) = response.error.take().filter(|error| !error.is_null()) {
            return Err(Fault::reported(&json!({ "error": error })));
        }
        if response.status.as_deref() == Some("failed") {
            return Err(Fault::Unparsable("it failed without an error".to_owned()));
        }
        // A whole response; or of servers that send an item only here.
        let is_whole = self.done.is_empty() && self.streamed.is_empty() && self.open.is_empty();
        for item in response.output.take().unwrap_or_default() {
            let id = text(&item, "id");
            if is_whole || (!id.is_empty() && !self.done.contains(id)) {
                self.item(item, None, chunks);
            }
        }
        let native = response.incomplete_details.and_then(|details| details.reason);
        // llama.cpp calls a reply complete that its limit has cut off.
        let output = self.head.usage.as_ref().map(|usage| usage.output_tokens);
        let is_full = output.zip(self.max_tokens).is_some_and(|(output, limit)| output >= limit.into());
        let reason = match native.as_deref() {
            Some("max_output_tokens") => "length",
            Some(other) => other,
            None if is_full => "length",
            None if self.open.is_empty() => "stop",
            None => "tool_calls",
        };
        let native = native.as_deref().or(response.status.as_deref()).unwrap_or("completed");
        self.head.finish_as(reason, native);
        Ok(())
    }
}
