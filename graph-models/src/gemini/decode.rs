//! Decodes the server's events into chunks.
use graph_core::message::{ContentBlock, MessageChunk, ToolCallChunk};
use graph_core::model::ApiError;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::wire::{Candidate, Event, Feedback, FunctionCall};
use super::{MADE_UP, OF_TEXT, PROVIDER, SIGNATURES, usage};
use crate::http::{Calls, Decode, Fault, Head, Progress, arguments, object};
use crate::sse::SseEvent;

/// Decodes the events of one reply. Only the first candidate is read: a message has one text.
#[derive(Default)]
pub(crate) struct Decoder {
    head: Head,
    calls: Calls,
    /// The number of calls.
    count: usize,
}

impl Decode for Decoder {
    const EXPECTED: &'static str = "an event of a reply";

    fn event(&mut self, event: &SseEvent, chunks: &mut Vec<MessageChunk>) -> Result<Progress, Fault> {
        self.decode(object(&event.data)?, chunks)?;
        Ok(Progress::More)
    }

    fn whole(&mut self, body: &str, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault> {
        match serde_json::from_str(body)? {
            // The form of a stream without `alt=sse`, and of some errors.
            Value::Array(events) => events.into_iter().try_for_each(|event| self.decode(event, chunks))?,
            event => self.decode(event, chunks)?,
        }
        if self.head.is_finished() { Ok(()) } else { Err(Fault::missing("finishReason")) }
    }

    /// The protocol has no mark of the end.
    fn is_complete(&self) -> bool {
        self.head.is_finished()
    }

    fn head(&mut self) -> &mut Head {
        &mut self.head
    }
}

impl Decoder {
    fn decode(&mut self, json: Value, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault> {
        if json.get("error").is_some_and(|error| !error.is_null()) {
            return Err(Fault::reported(&json));
        }
        if !json.is_object() {
            return Err(Fault::Unparsable("it is no object".to_owned()));
        }
        let event: Event = serde_json::from_value(json)?;
        if let Some(Feedback { block_reason: Some(reason), block_reason_message: message }) = event.prompt_feedback
            && event.candidates.as_ref().is_none_or(Vec::is_empty)
        {
            return Err(Fault::Reported(Box::new(ApiError {
                kind: Some("content_filter".to_owned()),
                message: message.unwrap_or_else(|| format!("the prompt was blocked: {reason}")),
                code: Some(reason),
                ..ApiError::default()
            })));
        }
        if event.candidates.is_none() && event.usage_metadata.is_none() {
            return Err(Fault::missing("candidates"));
        }
        self.head.set_id(event.response_id.as_deref());
        self.head.keep("model_provider", Some(PROVIDER.into()));
        self.head.keep("model_name", event.model_version.map(Value::from));
        // It grows with each event.
        if let Some(usage) = event.usage_metadata.as_ref().and_then(usage::read) {
            self.head.usage = Some(usage);
        }
        let first = event.candidates.into_iter().flatten().find(|candidate| candidate.index.unwrap_or(0) == 0);
        first.map_or(Ok(()), |candidate| self.candidate(candidate, chunks))
    }

    fn candidate(&mut self, candidate: Candidate, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault> {
        for part in candidate.content.and_then(|content| content.parts).into_iter().flatten() {
            let chunk = self.part(part)?;
            self.head.push(chunks, chunk);
        }
        for (key, value) in [
            ("finish_message", candidate.finish_message.map(Value::from)),
            ("safety_ratings", candidate.safety_ratings),
            ("grounding_metadata", candidate.grounding_metadata),
            ("citation_metadata", candidate.citation_metadata),
        ] {
            self.head.keep(key, value);
        }
        if let Some(native) = candidate.finish_reason.filter(|reason| !reason.is_empty()) {
            let reason = match native.as_str() {
                "STOP" if self.count > 0 => "tool_calls",
                "STOP" => "stop",
                "MAX_TOKENS" => "length",
                "SAFETY" | "RECITATION" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII" | "IMAGE_SAFETY" => {
                    "content_filter"
                }
                other => &other.to_ascii_lowercase(),
            };
            self.head.finish_as(reason, &native);
        }
        Ok(())
    }

    fn part(&mut self, mut part: Map<String, Value>) -> Result<MessageChunk, Fault> {
        let signature = match part.remove("thoughtSignature") {
            Some(Value::String(signature)) if !signature.is_empty() => Some(signature),
            _ => None,
        };
        if let Some(call) = part.remove("functionCall") {
            return self.call(serde_json::from_value(call)?, signature);
        }
        let is_thought = part.get("thought") == Some(&Value::Bool(true));
        let (chunk, signature) = match part.get("text") {
            Some(Value::String(text)) if is_thought => {
                let chunk = MessageChunk::new("").with_reasoning(text);
                match signature {
                    Some(signature) => (chunk.with_reasoning_signature(signature), None),
                    None => (chunk, None),
                }
            }
            Some(Value::String(text)) => (MessageChunk::new(text), signature),
            None if part.is_empty() => (MessageChunk::new(""), signature),
            None => (MessageChunk::new("").with_block(ContentBlock::Unknown(part.into())), signature),
            Some(other) => return Err(Fault::Unparsable(format!("a part has the text `{other}`"))),
        };
        Ok(match signature {
            Some(signature) => with_signature(chunk, OF_TEXT, &signature),
            None => chunk,
        })
    }

    /// A call, which comes whole.
    fn call(&mut self, call: FunctionCall, signature: Option<String>) -> Result<MessageChunk, Fault> {
        let name = call.name.filter(|name| !name.is_empty()).ok_or_else(|| Fault::missing("name"))?;
        let id = call.id.filter(|id| !id.is_empty()).unwrap_or_else(|| format!("{MADE_UP}{}", Uuid::new_v4()));
        let fragment = ToolCallChunk::new(self.count).with_id(&*id).with_name(name).with_args(arguments(call.args));
        self.count += 1;
        let mut chunk = MessageChunk::new("");
        if let Some(fragment) = self.calls.push(fragment) {
            chunk = chunk.with_tool_call_chunk(fragment);
        }
        Ok(match signature {
            Some(signature) => with_signature(chunk, &id, &signature),
            None => chunk,
        })
    }
}

fn with_signature(chunk: MessageChunk, of: &str, signature: &str) -> MessageChunk {
    chunk.with_additional_kwarg(SIGNATURES, json!({ of: signature }))
}
