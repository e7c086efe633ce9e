//! The `events` mode: LangGraph's `astream_events`, with errors.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::context::{Payload, SpanKind};
use crate::graph::Graph;
use crate::message::{Message, MessageChunk};
use crate::run::Values;
use crate::run::stream::place::Place;

/// The phase of a span in which an event occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// The span started.
    Start,
    /// It produced a chunk of its output.
    Stream,
    /// It ended.
    End,
    /// It failed. (LangGraph has no such event: there, a failed span has no end.)
    Error,
}

/// The kind of an event: kind and phase of its span. Displays as LangGraph names it: `on_chat_model_stream`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct EventKind {
    /// The kind of the span.
    pub of: SpanKind,
    /// The phase of the span.
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

/// An event inside a run.
#[non_exhaustive]
pub struct Event<G: Graph> {
    /// The kind of the event.
    pub kind: EventKind,
    /// The name of the graph, node, model, tool or prompt.
    pub name: Arc<str>,
    /// The id of the span, the same for all its events.
    pub run_id: Uuid,
    /// The ids of the enclosing spans, outermost first.
    pub parent_ids: Vec<Uuid>,
    /// The node; `None` for the graph's own start and end.
    pub node: Option<G::Node>,
    /// The super-step; for the graph's own start and end that of the node around it, or 0.
    pub step: i64,
    pub(crate) place: Option<Place>,
    /// The tags of the span and of the run.
    pub tags: Vec<String>,
    /// The metadata of the run.
    pub metadata: Arc<Map<String, Value>>,
    /// Whether the node was skipped because its update was cached.
    pub cached: bool,
    /// The input, at the start and at the end.
    pub input: Option<EventData<G>>,
    /// The output: a chunk, the whole, or the error.
    pub data: Option<EventData<G>>,
}

/// The input or the output of a span.
#[non_exhaustive]
pub enum EventData<G: Graph> {
    /// The state.
    State(Arc<G::State>),
    /// The output of the run.
    Output(Arc<Values<G>>),
    /// A task's own input.
    Sent(G::Task),
    /// The update of a node.
    Update(G::Update),
    /// A custom event.
    Custom(G::Custom),
    /// The messages sent to a model.
    Messages(Vec<Message>),
    /// The reply of a model.
    Message(Message),
    /// A chunk of a model's reply.
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
