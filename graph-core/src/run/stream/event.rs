//! Everything that happens inside a run (what LangGraph's `astream_events` gives, and errors).

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::context::{Payload, SpanKind};
use crate::graph::Graph;
use crate::message::{Message, MessageChunk};
use crate::run::Output;

/// Where in a span an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// The span started.
    Start,
    /// It gave a piece of its output.
    Stream,
    /// It ended.
    End,
    /// It failed. (LangGraph has no such event: there, a span that fails has no end.)
    Error,
}

/// What kind of thing happened: what of, and where in it. Displays as LangGraph names it: `on_chat_model_stream`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct EventKind {
    /// What the span is of.
    pub of: SpanKind,
    /// Where in the span the event stands.
    pub phase: Phase,
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = match self.of {
            SpanKind::Chain => "chain",
            SpanKind::Prompt => "prompt",
            SpanKind::Model => "chat_model",
            SpanKind::Tool => "tool",
            SpanKind::Retriever => "retriever",
            SpanKind::Custom => return f.write_str("on_custom_event"),
        };
        let phase = match self.phase {
            Phase::Start => "start",
            Phase::Stream => "stream",
            Phase::End => "end",
            Phase::Error => "error",
        };
        write!(f, "on_{of}_{phase}")
    }
}

/// Something that happened inside a run.
#[non_exhaustive]
pub struct Event<G: Graph> {
    /// What kind of thing.
    pub kind: EventKind,
    /// The name of the graph, node, model, tool or prompt.
    pub name: Arc<str>,
    /// The id of the span: the same from its start to its end.
    pub run_id: Uuid,
    /// The ids of the spans around it, outermost first.
    pub parent_ids: Vec<Uuid>,
    /// The node that it happened in; `None` for the graph's own start and end.
    pub node: Option<G::Node>,
    /// The super-step; 0 for the graph's own start.
    pub step: i64,
    /// The tags of the span, and of the run.
    pub tags: Vec<String>,
    /// The metadata of the run.
    pub metadata: Arc<Map<String, Value>>,
    /// Whether it tells of a node that was not run, because what it writes was in the cache.
    pub cached: bool,
    /// What went in, at the start and at the end.
    pub input: Option<EventData<G>>,
    /// What came out: a piece of it, all of it, or the error.
    pub data: Option<EventData<G>>,
}

/// What went into a span or came out of it.
#[non_exhaustive]
pub enum EventData<G: Graph> {
    /// The state.
    State(Arc<G::State>),
    /// What the run gives.
    Output(Arc<Output<G>>),
    /// A task's own input.
    Sent(G::Task),
    /// What a node wrote.
    Update(G::Update),
    /// What a node emitted.
    Custom(G::Custom),
    /// The messages that a model was asked with.
    Messages(Vec<Message>),
    /// What a model answered.
    Message(Message),
    /// A piece of what a model is answering.
    Chunk(MessageChunk),
    /// Anything else.
    Json(Value),
    /// An error's text.
    Error(String),
}

impl<G: Graph> EventData<G> {
    pub(crate) fn from_payload(payload: Payload) -> Option<Self> {
        Some(match payload {
            Payload::Nothing => return None,
            Payload::Messages(messages) => Self::Messages(messages),
            Payload::Message(message) => Self::Message(message),
            Payload::Chunk(chunk) => Self::Chunk(chunk),
            Payload::Json(value) => Self::Json(value),
            Payload::Error(text) => Self::Error(text),
        })
    }
}

impl<G: Graph> Clone for EventData<G> {
    fn clone(&self) -> Self {
        match self {
            Self::State(state) => Self::State(state.clone()),
            Self::Output(output) => Self::Output(output.clone()),
            Self::Sent(task) => Self::Sent(task.clone()),
            Self::Update(update) => Self::Update(update.clone()),
            Self::Custom(event) => Self::Custom(event.clone()),
            Self::Messages(messages) => Self::Messages(messages.clone()),
            Self::Message(message) => Self::Message(message.clone()),
            Self::Chunk(chunk) => Self::Chunk(chunk.clone()),
            Self::Json(value) => Self::Json(value.clone()),
            Self::Error(text) => Self::Error(text.clone()),
        }
    }
}
