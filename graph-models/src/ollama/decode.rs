//! Decodes the server's lines into chunks.
use graph_core::message::{MessageChunk, ToolCallChunk, Usage};
use serde_json::Value;

use super::wire::{Call, Line, Reply};
use crate::http::{Calls, Decode, Fault, Head, Progress, arguments, object};
use crate::sse::SseEvent;

/// Decodes the lines of one reply.
#[derive(Default)]
pub(crate) struct Decoder {
    head: Head,
    calls: Calls,
    /// The number of calls.
    count: usize,
}

impl Decode for Decoder {
    const EXPECTED: &'static str = "a line of a reply";

    fn event(&mut self, event: &SseEvent, chunks: &mut Vec<MessageChunk>) -> Result<Progress, Fault> {
        self.line(&event.data, chunks)
    }

    fn whole(&mut self, body: &str, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault> {
        match self.line(body, chunks)? {
            Progress::End => Ok(()),
            Progress::More => Err(Fault::missing("done")),
        }
    }

    fn head(&mut self) -> &mut Head {
        &mut self.head
    }
}

impl Decoder {
    fn line(&mut self, json: &str, chunks: &mut Vec<MessageChunk>) -> Result<Progress, Fault> {
        let mut line: Line = object(json)?;
        if line.error.is_some() {
            return Err(Fault::reported(&serde_json::from_str(json)?));
        }
        let done = line.done == Some(true);
        match line.message.take() {
            Some(message) => self.message(message, chunks),
            None if done => {}
            None => return Err(Fault::missing("message")),
        }
        self.head.keep("model_provider", Some("ollama".into()));
        self.head.keep("model_name", line.model.take().map(Value::from));
        if !done {
            return Ok(Progress::More);
        }
        self.finish(line);
        Ok(Progress::End)
    }

    fn message(&mut self, message: Reply, chunks: &mut Vec<MessageChunk>) {
        let mut chunk = MessageChunk::new(message.content.unwrap_or_default());
        if let Some(thinking) = message.thinking.filter(|thinking| !thinking.is_empty()) {
            chunk = chunk.with_reasoning(thinking);
        }
        // Each entry is a whole call.
        for Call { id, function } in message.tool_calls.into_iter().flatten() {
            let function = function.unwrap_or_default();
            let args = Some(arguments(function.arguments));
            let fragment = ToolCallChunk { name: function.name, args, id, index: Some(self.count) };
            self.count += 1;
            if let Some(fragment) = self.calls.push(fragment) {
                chunk = chunk.with_tool_call_chunk(fragment);
            }
        }
        self.head.push(chunks, chunk);
    }

    fn finish(&mut self, line: Line) {
        let native = line.done_reason.unwrap_or_default();
        let reason = if self.count > 0 && native != "length" { "tool_calls" } else { &native };
        self.head.finish_as(reason, &native);
        for (key, value) in [
            ("created_at", line.created_at),
            ("total_duration", line.total_duration),
            ("load_duration", line.load_duration),
            ("prompt_eval_duration", line.prompt_eval_duration),
            ("eval_duration", line.eval_duration),
            ("eval_count", line.eval_count.map(Value::from)),
        ] {
            self.head.keep(key, value);
        }
        // A prompt that was cached may have no count: unknown is not zero.
        self.head.usage = line.prompt_eval_count.zip(line.eval_count).map(|(input, output)| Usage::new(input, output));
    }
}
