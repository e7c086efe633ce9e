//! Decodes the server's JSON into chunks.
use graph_core::message::{MessageChunk, ToolCallChunk};
use serde_json::Value;

use super::usage;
use super::wire::{self, Call, Choice, Delta, Function, Reply};
use crate::http::{Calls, Decode, Fault, Head, Progress, arguments, object};
use crate::sse::SseEvent;

/// Decodes the chunks of one reply. Only the first choice is read: a message has one text.
#[derive(Default)]
pub(crate) struct Decoder {
    head: Head,
    calls: Calls,
    refusal: String,
}

impl Decode for Decoder {
    const EXPECTED: &'static str = "a chat completion";

    fn event(&mut self, event: &SseEvent, chunks: &mut Vec<MessageChunk>) -> Result<Progress, Fault> {
        if event.data.trim() == "[DONE]" {
            return Ok(Progress::End);
        }
        self.decode(&event.data, chunks)?;
        Ok(Progress::More)
    }

    fn whole(&mut self, body: &str, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault> {
        self.decode(body, chunks)?;
        if chunks.is_empty() && !self.head.is_finished() {
            return Err(Fault::missing("choices"));
        }
        Ok(())
    }

    /// Some servers send no `[DONE]`; after the finish reason the message is complete.
    fn is_complete(&self) -> bool {
        self.head.is_finished()
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
    fn decode(&mut self, json: &str, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault> {
        let mut reply: Reply = object(json)?;
        let at_top = reply.object.as_deref() == Some("error");
        if let Some(error) = reply.take_error().or_else(|| at_top.then(|| serde_json::from_str(json).ok()).flatten()) {
            return Err(Fault::reported(&error));
        }
        self.record(&mut reply);
        let choice = reply.choices.into_iter().flatten().find(|choice| choice.index.unwrap_or(0) == 0);
        if let Some(choice) = choice {
            self.choice(choice, chunks);
        }
        Ok(())
    }

    /// Records the fields of the whole reply.
    fn record(&mut self, reply: &mut Reply) {
        self.head.set_id(reply.id.as_deref());
        self.head.keep("model_provider", Some("openai".into()));
        self.head.keep("model_name", reply.model.take().map(Value::from));
        self.head.keep("system_fingerprint", reply.system_fingerprint.take().map(Value::from));
        self.head.keep("service_tier", reply.service_tier.take());
        // In a separate chunk, in the last one, or growing in each: the last value counts.
        if let Some(usage) = reply.usage.as_ref().and_then(usage::read) {
            self.head.usage = Some(usage);
        }
    }

    fn choice(&mut self, choice: Choice, chunks: &mut Vec<MessageChunk>) {
        let delta = choice.delta.or(choice.message).unwrap_or_default();
        self.delta(delta, choice.logprobs, chunks);
        // After the delta: some servers send the last text, or a whole call, together with the finish reason.
        self.head.finish(choice.finish_reason.as_deref().unwrap_or_default());
    }

    fn delta(&mut self, delta: Delta, logprobs: Option<Value>, chunks: &mut Vec<MessageChunk>) {
        self.refusal.push_str(delta.refusal.as_deref().unwrap_or_default());
        let mut chunk = MessageChunk::new(wire::text(delta.content));
        let reasoning = delta.reasoning_content.filter(|text| !text.is_null()).or(delta.reasoning);
        let reasoning = wire::text(reasoning);
        if !reasoning.is_empty() {
            chunk = chunk.with_reasoning(reasoning);
        }
        let old_form =
            delta.function_call.map(|function| Call { index: Some(0.into()), id: None, function: Some(function) });
        for call in delta.tool_calls.into_iter().flatten().chain(old_form) {
            if let Some(fragment) = self.calls.push(fragment(call)) {
                chunk = chunk.with_tool_call_chunk(fragment);
            }
        }
        if let Some(details) =
            delta.reasoning_details.filter(|details| details.as_array().is_some_and(|d| !d.is_empty()))
        {
            chunk = chunk.with_additional_kwarg("reasoning_details", details);
        }
        if let Some(logprobs) = logprobs.filter(|logprobs| !logprobs.is_null()) {
            chunk = chunk.with_response_metadata("logprobs", logprobs);
        }
        self.head.push(chunks, chunk);
    }
}

fn fragment(call: Call) -> ToolCallChunk {
    let Function { name, arguments: args } = call.function.unwrap_or_default();
    let index = call.index.as_ref().and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
    ToolCallChunk { name, args: Some(arguments(args)), id: call.id, index }
}
