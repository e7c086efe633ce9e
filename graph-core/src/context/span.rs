//! Spans: operations inside a node, in the `events` stream.

use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::{RunContext, Signal};
use crate::message::{Message, MessageChunk};
use crate::run::{Mode, Phase};

/// The kind of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SpanKind {
    /// A graph, a node, a router, or anything else that consists of steps.
    Chain,
    /// A prompt template.
    Prompt,
    /// A chat model.
    Model,
    /// A tool.
    Tool,
    /// A retriever.
    Retriever,
    /// A custom event.
    Custom,
}

/// The input or the output of a span.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Payload {
    /// Nothing.
    Nothing,
    /// A list of messages.
    Messages(Vec<Message>),
    /// One message.
    Message(Message),
    /// A chunk of a message.
    Chunk(MessageChunk),
    /// Anything else.
    Json(Value),
    /// An error's text.
    Error(String),
}

/// An operation inside a node, with its start, chunks and end in the `events` stream.
///
/// A span that is dropped early (its node was cancelled, or a model's reply was not read to its end) ends with an
/// error: every start has an end.
#[derive(Debug)]
pub struct Span {
    cx: RunContext,
    kind: SpanKind,
    name: Arc<str>,
    tags: Arc<[String]>,
    id: Uuid,
    parents: Vec<Uuid>,
    input: Payload,
    streamed: bool,
}

impl Span {
    pub(crate) fn open(cx: &RunContext, kind: SpanKind, name: Arc<str>, tags: Arc<[String]>, input: Payload) -> Self {
        let streamed = cx.wants(Mode::EVENTS);
        let (id, parents) = if streamed { (Uuid::new_v4(), cx.lineage()) } else { (Uuid::nil(), Vec::new()) };
        let span = Self { cx: cx.clone(), kind, name, tags, id, parents, input, streamed };
        span.signal(Phase::Start, || span.input.clone());
        span
    }

    /// The context for operations inside the span.
    #[must_use]
    pub fn context(&self) -> RunContext {
        let mut cx = self.cx.clone();
        if self.streamed {
            cx.inside =
                Some(self.parents.iter().skip(self.cx.run().parents.len() + 2).copied().chain([self.id]).collect());
        }
        cx
    }

    /// Emits a chunk of the output.
    pub fn chunk(&self, chunk: Payload) {
        self.signal(Phase::Stream, || chunk);
    }

    pub(crate) fn is_streamed(&self) -> bool {
        self.streamed
    }

    /// Ends the span with the whole output.
    pub fn end(mut self, output: Payload) {
        self.signal(Phase::End, || output);
        self.streamed = false;
    }

    /// Ends the span with an error.
    pub fn fail(mut self, error: &dyn std::fmt::Display) {
        self.signal(Phase::Error, || Payload::Error(error.to_string()));
        self.streamed = false;
    }

    fn signal(&self, phase: Phase, payload: impl FnOnce() -> Payload) {
        self.cx.heartbeat();
        if self.streamed {
            let signal = Signal {
                kind: self.kind,
                phase,
                name: self.name.clone(),
                run_id: self.id,
                parents: self.parents.clone(),
                tags: self.tags.clone(),
                payload: payload(),
                input: matches!(phase, Phase::End | Phase::Error).then(|| self.input.clone()),
            };
            self.cx.sink.signal(&self.cx.task, signal);
        }
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        self.signal(Phase::Error, || Payload::Error("dropped before its end".to_owned()));
    }
}
