//! Decodes the server's JSON into chunks.
use std::sync::Arc;

use graph_core::message::{MessageChunk, ToolCallAssembler, ToolCallChunk, Usage};
use graph_core::model::ModelError;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::failure;
use super::usage;
use super::wire::{self, Call, Choice, Delta, Function, Reply};
use crate::redact::Redactor;

/// Decodes the chunks of one reply. Only the first choice is read: a message has one text.
pub(super) struct Decoder {
    redactor: Redactor,
    id: Option<Arc<str>>,
    calls: ToolCallAssembler,
    /// For each call, whether its name has been emitted.
    named: Vec<bool>,
    refusal: String,
    finish_reason: Option<String>,
    usage: Option<Usage>,
    metadata: Map<String, Value>,
}

impl Decoder {
    pub(super) fn new(redactor: Redactor) -> Self {
        Decoder {
            redactor,
            id: None,
            calls: ToolCallAssembler::default(),
            named: Vec::new(),
            refusal: String::new(),
            finish_reason: None,
            usage: None,
            metadata: Map::new(),
        }
    }

    /// Whether the finish reason has arrived, so that the message is complete.
    pub(super) fn is_finished(&self) -> bool {
        self.finish_reason.is_some()
    }

    /// Decodes one JSON chunk; `None` if it adds nothing to the message.
    pub(super) fn decode(&mut self, json: &str) -> Result<Option<MessageChunk>, ModelError> {
        let mut reply: Reply = serde_json::from_str(json).map_err(|error| {
            let start: String = json.chars().take(200).collect();
            let problem = format!("expected a chat completion, found `{}`: {error}", self.redactor.clean(&start));
            ModelError::BadResponse { problem }
        })?;
        let at_top = reply.object.as_deref() == Some("error");
        if let Some(error) = reply.take_error().or_else(|| at_top.then(|| serde_json::from_str(json).ok()).flatten()) {
            return Err(failure::classify(failure::from_json(None, &error), &self.redactor));
        }
        self.record(&mut reply);
        let choice = reply.choices.into_iter().flatten().find(|choice| choice.index.unwrap_or(0) == 0);
        Ok(choice.and_then(|choice| self.choice(choice)))
    }

    /// The last chunk, with the fields that are complete only at the end.
    pub(super) fn last(&mut self) -> MessageChunk {
        let mut chunk = MessageChunk::new("").with_id(self.id()).into_last();
        for (key, value) in std::mem::take(&mut self.metadata) {
            chunk = chunk.with_response_metadata(key, value);
        }
        if !self.refusal.is_empty() {
            chunk = chunk.with_response_metadata("refusal", std::mem::take(&mut self.refusal));
        }
        if let Some(reason) = &self.finish_reason {
            chunk = chunk.with_finish_reason(reason);
        }
        match self.usage.take() {
            Some(usage) => chunk.with_usage(usage),
            None => chunk,
        }
    }

    /// The id of the message: the server's, or a generated one.
    fn id(&mut self) -> Arc<str> {
        self.id.get_or_insert_with(|| format!("run-{}", Uuid::new_v4()).into()).clone()
    }

    /// Records the fields of the whole reply.
    fn record(&mut self, reply: &mut Reply) {
        if self.id.is_none() {
            self.id = reply.id.take().filter(|id| !id.is_empty()).map(Arc::from);
        }
        let mut keep = |key: &str, value: Option<Value>| {
            if let Some(value) = value.filter(|value| !value.is_null() && *value != "") {
                self.metadata.insert(key.to_owned(), value);
            }
        };
        keep("model_name", reply.model.take().map(Value::from));
        keep("system_fingerprint", reply.system_fingerprint.take().map(Value::from));
        keep("service_tier", reply.service_tier.take());
        // In a separate chunk, in the last one, or growing in each: the last value counts.
        if let Some(usage) = reply.usage.as_ref().and_then(usage::read) {
            self.usage = Some(usage);
        }
    }

    fn choice(&mut self, choice: Choice) -> Option<MessageChunk> {
        let delta = choice.delta.or(choice.message).unwrap_or_default();
        let chunk = self.delta(delta, choice.logprobs);
        // After the delta: some servers send the last text, or a whole call, together with the finish reason.
        if let Some(reason) = choice.finish_reason.filter(|reason| !reason.is_empty()) {
            self.finish_reason = Some(reason);
        }
        chunk
    }

    fn delta(&mut self, delta: Delta, logprobs: Option<Value>) -> Option<MessageChunk> {
        self.refusal.push_str(delta.refusal.as_deref().unwrap_or_default());
        let mut chunk = MessageChunk::new(wire::text(delta.content));
        let reasoning = delta.reasoning_content.filter(|text| !text.is_null()).or(delta.reasoning);
        let reasoning = wire::text(reasoning);
        if !reasoning.is_empty() {
            chunk = chunk.with_reasoning(reasoning);
        }
        for call in delta.tool_calls.into_iter().flatten() {
            if let Some(fragment) = self.call(call) {
                chunk = chunk.with_tool_call_chunk(fragment);
            }
        }
        if let Some(function) = delta.function_call {
            let call = Call { index: Some(0.into()), id: None, function: Some(function) };
            if let Some(fragment) = self.call(call) {
                chunk = chunk.with_tool_call_chunk(fragment);
            }
        }
        let mut silent = chunk.is_silent();
        if let Some(details) =
            delta.reasoning_details.filter(|details| details.as_array().is_some_and(|d| !d.is_empty()))
        {
            chunk = chunk.with_additional_kwarg("reasoning_details", details);
            silent = false;
        }
        if let Some(logprobs) = logprobs.filter(|logprobs| !logprobs.is_null()) {
            chunk = chunk.with_response_metadata("logprobs", logprobs);
            silent = false;
        }
        if silent { None } else { Some(chunk.with_id(self.id())) }
    }

    /// A fragment in OpenAI's form: numbered in order, with id and name in the first fragment only.
    fn call(&mut self, call: Call) -> Option<ToolCallChunk> {
        let Function { name, arguments } = call.function.unwrap_or_default();
        let args = match arguments {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text,
            Some(object) => object.to_string(),
        };
        let index = call.index.as_ref().and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
        let fragment = ToolCallChunk { name, args: Some(args), id: call.id, index };
        let position = self.calls.push(&fragment);
        let call = &self.calls.calls()[position];
        let first = position == self.named.len();
        if first {
            self.named.push(false);
        }
        let now_named = !self.named[position] && !call.name().is_empty();
        self.named[position] |= now_named;
        if !first && !now_named && fragment.args.as_deref() == Some("") {
            return None;
        }
        Some(ToolCallChunk {
            name: now_named.then(|| call.name().to_owned()),
            args: fragment.args,
            id: first.then(|| call.id().to_owned()),
            index: Some(position),
        })
    }
}
