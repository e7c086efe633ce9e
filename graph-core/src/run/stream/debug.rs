//! `Debug` of parts.
//!
//! Written by hand: a derive would require `Debug` of the graph instead of its state and updates.

use std::fmt::{Debug, Formatter, Result};

use crate::functional::GraphTaskResult as _;
use crate::graph::{Graph, GraphNode};
use crate::run::{
    CustomPart, DebugKind, DebugPart, Event, EventData, MessagePart, Part, PushedPart, SubgraphPart, TaskInput,
    TaskPart, TaskResultPart, TaskState, ToolPart, UpdatePart,
};
use crate::state::State;
use crate::thread::Snapshot;

/// A graph whose parts have `Debug`: its state, updates, custom events and interrupts do.
pub trait DebugGraph:
    Graph<State: Debug + State<Values: Debug>, Update: Debug, Custom: Debug, Interrupt: Debug>
{
}

impl<G> DebugGraph for G where
    G: Graph<State: Debug + State<Values: Debug>, Update: Debug, Custom: Debug, Interrupt: Debug>
{
}

impl<G: DebugGraph> Debug for Part<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Values(state) => f.debug_tuple("Values").field(state).finish(),
            Self::Update(update) => Debug::fmt(update, f),
            Self::Pushed(pushed) => Debug::fmt(pushed, f),
            Self::TaskResult(result) => Debug::fmt(result, f),
            Self::Breakpoint(breakpoint) => Debug::fmt(breakpoint, f),
            Self::Interrupt(waiting) => Debug::fmt(waiting, f),
            Self::Message(message) => Debug::fmt(message, f),
            Self::Custom(custom) => Debug::fmt(custom, f),
            Self::Tool(tool) => Debug::fmt(tool, f),
            Self::Task(task) => Debug::fmt(task, f),
            Self::Checkpoint(snapshot) => Debug::fmt(snapshot, f),
            Self::Debug(debug) => Debug::fmt(debug, f),
            Self::Event(event) => Debug::fmt(event, f),
            Self::Subgraph(inside) => Debug::fmt(inside, f),
        }
    }
}

/// Without the part itself: a graph may contain itself, and `Debug` of its parts would require `Debug` of its parts.
impl<G: Graph> Debug for SubgraphPart<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("SubgraphPart").field("namespace", &self.namespace).finish_non_exhaustive()
    }
}

impl<G: DebugGraph> Debug for UpdatePart<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_tuple(if self.cached { "Cached" } else { "Update" }).field(&self.update).finish()
    }
}

impl<G: Graph> Debug for MessagePart<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut out = f.debug_struct("Message");
        out.field("node", &self.node).field("step", &self.step).field("attempt", &self.attempt);
        out.field("model", &self.model).field("content", &self.content).finish_non_exhaustive()
    }
}

impl<G: Graph> Debug for PushedPart<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut out = f.debug_struct("Pushed");
        out.field("node", &self.node).field("step", &self.step).field("attempt", &self.attempt);
        out.field("field", &self.field).field("message", &self.message).finish_non_exhaustive()
    }
}

/// Without the value, which need not be `Debug`.
impl<G: Graph> Debug for TaskResultPart<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut out = f.debug_struct("TaskResult");
        out.field("task", &self.result.task()).field("node", &self.node).field("step", &self.step);
        out.field("attempt", &self.attempt).finish_non_exhaustive()
    }
}

impl<G: DebugGraph> Debug for CustomPart<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut out = f.debug_struct("Custom");
        out.field("node", &self.node).field("step", &self.step).field("attempt", &self.attempt);
        out.field("event", &self.event).finish_non_exhaustive()
    }
}

impl<G: Graph> Debug for ToolPart<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut out = f.debug_struct("Tool");
        out.field("node", &self.node).field("step", &self.step).field("attempt", &self.attempt);
        out.field("call_id", &self.call_id)
            .field("name", &self.name)
            .field("event", &self.event)
            .finish_non_exhaustive()
    }
}

impl<G: DebugGraph> Debug for TaskPart<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut out = f.debug_struct("Task");
        if let Some(handler) = self.handler {
            out.field("handler", &handler);
        }
        out.field("node", &self.node).field("step", &self.step).field("id", &self.id);
        out.field("state", &self.state).finish()
    }
}

impl<G: DebugGraph> Debug for TaskState<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Started { input } => f.debug_struct("Started").field("input", input).finish(),
            Self::Done(update) => f.debug_tuple("Done").field(update).finish(),
            Self::Cached(update) => f.debug_tuple("Cached").field(update).finish(),
            Self::Failed { error } => f.debug_struct("Failed").field("error", error).finish(),
            Self::Interrupted(waiting) => f.debug_tuple("Interrupted").field(waiting).finish(),
            Self::Cancelled => f.write_str("Cancelled"),
        }
    }
}

impl<G: DebugGraph> Debug for TaskInput<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::State(state) => f.debug_tuple("State").field(state).finish(),
            // An input need not be `Debug`; the node identifies it.
            Self::Sent(task) => f.debug_tuple("Sent").field(&G::node_of(task)).finish(),
        }
    }
}

impl<G: DebugGraph> Debug for DebugPart<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("Debug").field("step", &self.step).field("at", &self.at).field("kind", &self.kind).finish()
    }
}

impl<G: DebugGraph> Debug for DebugKind<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Task(task) => Debug::fmt(task, f),
            Self::Checkpoint(snapshot) => Debug::fmt(snapshot, f),
        }
    }
}

impl<G: DebugGraph> Debug for Event<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut out = f.debug_struct("Event");
        out.field("kind", &format_args!("{}", self.kind)).field("name", &self.name).field("node", &self.node);
        out.field("step", &self.step).field("run_id", &self.run_id).field("parent_ids", &self.parent_ids);
        out.field("tags", &self.tags).field("input", &self.input).field("data", &self.data).finish_non_exhaustive()
    }
}

impl<G: DebugGraph> Debug for EventData<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::State(state) => Debug::fmt(state, f),
            Self::Output(output) => Debug::fmt(output, f),
            Self::Sent(task) => f.write_str(G::node_of(task).name()),
            Self::Update(update) => Debug::fmt(update, f),
            Self::Custom(event) => Debug::fmt(event, f),
            Self::Messages(messages) => Debug::fmt(messages, f),
            Self::Message(message) => Debug::fmt(message, f),
            Self::Chunk(chunk) => Debug::fmt(chunk, f),
            Self::Json(value) => Debug::fmt(value, f),
            Self::Error(text) => Debug::fmt(text, f),
        }
    }
}

impl<G: DebugGraph> Debug for Snapshot<G> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut out = f.debug_struct("Snapshot");
        out.field("thread_id", &self.thread_id).field("step", &self.step).field("source", &self.source);
        out.field("next", &self.next).field("values", &self.values).finish_non_exhaustive()
    }
}
