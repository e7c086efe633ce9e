//! What a stream is made of.

use std::ops::Deref;
use std::sync::Arc;
use std::time::SystemTime;

use serde_json::{Map, Value};

use crate::context::TaskId;
use crate::graph::Graph;
use crate::message::{Message, MessageChunk};
use crate::model::ModelInfo;
use crate::run::stream::kind::Whole;
use crate::run::{Breakpoint, Event, Namespace, Output};
use crate::thread::Snapshot;

/// One part of a stream of several modes.
///
/// # The order of parts
/// This is a contract, and the same as LangGraph's where both have the mode. A run gives the values as given, then for
/// each super-step:
/// 1. the start of each task, in the order of the nodes in the graph, a node's own tasks in sending order;
/// 2. while the tasks run, what they say: message chunks and custom events, as they come;
/// 3. for each task, as soon as it ends: the messages that it wrote without a model, then those that it pushed (which
///    `messages` has shown in (2)), then its update, then its end;
/// 4. when all have ended: the values, if anything was written; then the checkpoint.
///
/// Updates come in the order in which tasks end, and are applied in the order of (1). Events stand where what they tell
/// of happens: a node's start before its parts, its end right behind its update. A failed task ends the step: the ends of
/// the tasks that were stopped with it follow its own, and the stream's last item is the error. Where a node has a handler
/// of its errors, its task ends by its error all the same, and then that of the handler starts, in the same super-step. A run that stops at a
/// breakpoint does so between two steps, behind the checkpoint, and then its stream ends.
#[non_exhaustive]
pub enum Part<G: Graph> {
    /// The state, or its output type where it has one.
    Values(Arc<Output<G>>),
    /// What a node wrote.
    Update(UpdatePart<G>),
    /// A message that a node pushed, among what it wrote: one of the `updates`, before the node's own.
    Pushed(PushedPart<G>),
    /// The run stops here, because it was asked to: the last of the `updates`.
    Breakpoint(Box<Breakpoint<G>>),
    /// What a model said, or a message that a node wrote.
    Message(MessagePart<G>),
    /// What a node emitted.
    Custom(CustomPart<G>),
    /// A task started or ended.
    Task(TaskPart<G>),
    /// A step was saved.
    Checkpoint(Box<Snapshot<G>>),
    /// A task or a checkpoint, with step and time.
    Debug(Box<DebugPart<G>>),
    /// Something happened inside.
    Event(Box<Event<G>>),
    /// A part from inside a subgraph, where [`subgraphs`](crate::run::Run::subgraphs) were asked for.
    Subgraph(Box<SubgraphPart<G>>),
}

/// A part from inside a subgraph.
#[non_exhaustive]
pub struct SubgraphPart<G: Graph> {
    /// Inside of which tasks.
    pub namespace: Namespace,
    /// The part, as the subgraph tells it: a value of the graph's generated `<Graph>Subgraph`.
    pub part: G::SubgraphItem<Whole>,
}

impl<G: Graph> Part<G> {
    /// The node that it comes from, if it comes from one.
    pub fn node(&self) -> Option<G::Node> {
        use crate::graph::{GraphNode as _, GraphUpdate as _};
        match self {
            Self::Update(update) => Some(update.node()),
            Self::Pushed(pushed) => Some(pushed.node),
            Self::Message(message) => Some(message.node),
            Self::Custom(custom) => Some(custom.node),
            Self::Task(task) => Some(task.node),
            Self::Event(event) => event.node,
            Self::Debug(debug) => match &debug.kind {
                DebugKind::Task(task) => Some(task.node),
                DebugKind::Checkpoint(_) => None,
            },
            Self::Subgraph(inside) => {
                let around = inside.namespace.segments().first()?.node;
                G::Node::ALL.iter().copied().find(|node| node.name() == around)
            }
            Self::Values(_) | Self::Checkpoint(_) | Self::Breakpoint(_) => None,
        }
    }
}

/// What a node wrote. It derefs to the graph's update enum.
#[non_exhaustive]
pub struct UpdatePart<G: Graph> {
    /// The update.
    pub update: G::Update,
    /// Whether the node was not run, because this was in the cache (LangGraph's `__metadata__: {"cached": true}`).
    pub cached: bool,
}

impl<G: Graph> Deref for UpdatePart<G> {
    type Target = G::Update;

    fn deref(&self) -> &G::Update {
        &self.update
    }
}

/// What a model said, or a message that a node wrote without a model.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MessageContent {
    /// A piece of what a model is saying.
    Chunk(MessageChunk),
    /// A whole message, among what a node wrote.
    Whole(Message),
}

/// A piece of a message with where it comes from.
#[non_exhaustive]
pub struct MessagePart<G: Graph> {
    /// The piece.
    pub content: MessageContent,
    /// The node that it comes from.
    pub node: G::Node,
    /// The super-step.
    pub step: i64,
    /// The task.
    pub task: TaskId,
    /// Which attempt of the task, counted from 1.
    pub attempt: u32,
    /// The model that said it; `None` for a message that a node wrote.
    pub model: Option<Arc<ModelInfo>>,
    /// The thread of the run.
    pub thread_id: Option<Arc<str>>,
    /// The metadata of the run.
    pub metadata: Arc<Map<String, Value>>,
}

impl<G: Graph> MessagePart<G> {
    /// The text of the piece; empty where it has none.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        match &self.content {
            MessageContent::Chunk(chunk) => chunk.text().into(),
            MessageContent::Whole(message) => message.text_str(),
        }
    }

    /// The id of the message that the piece belongs to.
    pub fn message_id(&self) -> &str {
        match &self.content {
            MessageContent::Chunk(chunk) => chunk.id(),
            MessageContent::Whole(message) => message.id(),
        }
    }
}

/// A custom event with where it comes from.
#[non_exhaustive]
pub struct CustomPart<G: Graph> {
    /// The event.
    pub event: G::Custom,
    /// The node that emitted it.
    pub node: G::Node,
    /// The super-step.
    pub step: i64,
    /// The task.
    pub task: TaskId,
    /// Which attempt of the task, counted from 1.
    pub attempt: u32,
}

/// A message that a node has [pushed](crate::context::Context::push_message), once its task has ended well: it is written.
#[non_exhaustive]
pub struct PushedPart<G: Graph> {
    /// The message.
    pub message: Message,
    /// The field of the state that it is written to.
    pub field: &'static str,
    /// The node that pushed it.
    pub node: G::Node,
    /// The super-step.
    pub step: i64,
    /// The task.
    pub task: TaskId,
    /// Which attempt of the task, counted from 1.
    pub attempt: u32,
}

/// The start or the end of a task. Every start has one end.
#[non_exhaustive]
pub struct TaskPart<G: Graph> {
    /// The task.
    pub id: TaskId,
    /// Its node.
    pub node: G::Node,
    /// The handler of the node's errors, where this is its task: one of its own, beside that of the node, which failed.
    pub handler: Option<&'static str>,
    /// The super-step.
    pub step: i64,
    /// What became of it.
    pub state: TaskState<G>,
}

/// What became of a task.
#[non_exhaustive]
pub enum TaskState<G: Graph> {
    /// It started.
    Started {
        /// What it was given.
        input: TaskInput<G>,
    },
    /// It ended, and wrote this.
    Done(G::Update),
    /// It was not run: it had written this before, and that was in the cache.
    Cached(G::Update),
    /// It failed.
    Failed {
        /// The error's text.
        error: String,
    },
    /// It was stopped: another task of its step failed, or the run was cancelled or had no time left.
    Cancelled,
}

/// What a task was given.
#[non_exhaustive]
pub enum TaskInput<G: Graph> {
    /// The state.
    State(Arc<G::State>),
    /// An input of its own, sent by a `for` edge.
    Sent(G::Task),
}

/// A task or a checkpoint, with step and time.
#[non_exhaustive]
pub struct DebugPart<G: Graph> {
    /// The super-step.
    pub step: i64,
    /// When it happened.
    pub at: SystemTime,
    /// What happened.
    pub kind: DebugKind<G>,
}

/// What a debug part tells of.
#[non_exhaustive]
pub enum DebugKind<G: Graph> {
    /// A task started or ended.
    Task(TaskPart<G>),
    /// A step was saved.
    Checkpoint(Snapshot<G>),
}
