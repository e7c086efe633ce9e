//! Spans: what happens inside a node, as events.

use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::{RunContext, Signal};
use crate::message::{Message, MessageChunk};
use crate::run::{Mode, Phase};

/// What a span is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SpanKind {
    /// A graph, a node, a router, or anything else that is made of steps.
    Chain,
    /// A prompt that is being filled in.
    Prompt,
    /// A chat model.
    Model,
    /// A tool.
    Tool,
    /// A search for documents.
    Retriever,
    /// A custom event.
    Custom,
}

/// What went into a span or came out of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Payload {
    /// Nothing worth showing.
    Nothing,
    /// A list of messages.
    Messages(Vec<Message>),
    /// One message.
    Message(Message),
    /// A piece of a message.
    Chunk(MessageChunk),
    /// Anything else.
    Json(Value),
    /// An error's text.
    Error(String),
}

/// Something that runs inside a node, with its start, pieces and end in the `events` stream.
///
/// A span that is dropped before its end (its node was stopped, or a model's reply was not read to its end) ends with an
/// error that says so: what has started always ends.
#[derive(Debug)]
pub struct Span {
    cx: RunContext,
    kind: SpanKind,
    name: Arc<str>,
    tags: Arc<[String]>,
    id: Uuid,
    parents: Vec<Uuid>,
    input: Payload,
    heard: bool,
}

impl Span {
    pub(crate) fn open(cx: &RunContext, kind: SpanKind, name: Arc<str>, tags: Arc<[String]>, input: Payload) -> Self {
        let heard = cx.wants(Mode::EVENTS);
        let (id, parents) = if heard { (Uuid::new_v4(), cx.lineage()) } else { (Uuid::nil(), Vec::new()) };
        let span = Self { cx: cx.clone(), kind, name, tags, id, parents, input, heard };
        span.signal(Phase::Start, || span.input.clone());
        span
    }

    /// The context for what runs inside the span.
    #[must_use]
    pub fn context(&self) -> RunContext {
        let mut cx = self.cx.clone();
        if self.heard {
            cx.inside =
                Some(self.parents.iter().skip(self.cx.run().parents.len() + 2).copied().chain([self.id]).collect());
        }
        cx
    }

    /// A piece of the output.
    pub fn piece(&self, piece: Payload) {
        self.signal(Phase::Stream, || piece);
    }

    pub(crate) fn is_heard(&self) -> bool {
        self.heard
    }

    /// The end, with the whole output.
    pub fn end(mut self, output: Payload) {
        self.signal(Phase::End, || output);
        self.heard = false;
    }

    /// The end by an error.
    pub fn fail(mut self, error: &dyn std::fmt::Display) {
        self.signal(Phase::Error, || Payload::Error(error.to_string()));
        self.heard = false;
    }

    fn signal(&self, phase: Phase, payload: impl FnOnce() -> Payload) {
        self.cx.heartbeat();
        if self.heard {
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
