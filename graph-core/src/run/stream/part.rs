//! The parts of a stream.

use std::ops::Deref;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::context::TaskId;
use crate::graph::Graph;
use crate::interrupt::Waiting;
use crate::message::{Message, MessageChunk};
use crate::model::ModelInfo;
use crate::run::stream::kind::Whole;
use crate::run::stream::place::Place;
use crate::run::{Breakpoint, DebugPart, Event, Namespace, TaskPart, Values};
use crate::thread::Snapshot;
use crate::tool::ToolEvent;

/// A part of a stream of several modes.
///
/// # The order of parts
/// The order is a contract, and LangGraph's where LangGraph has the mode. A run starts with the checkpoint of its input,
/// the initial values, and their checkpoint; then for each super-step:
/// 1. the start of each task: first the tasks that `for` edges sent, in sending order, then the others by node name;
/// 2. message chunks, custom events and the events of tool calls, as they occur while the tasks run;
/// 3. for each task, as soon as it ends: the messages that it wrote without a model, then its pushed messages (which
///    `messages` mode has shown in (2)), then its update, then its end;
/// 4. when all tasks have ended: the values, if anything was written; then the checkpoint.
///
/// Updates come in the order in which tasks end, and are applied by node name, then those of the sent tasks in sending
/// order. Events are at the point where they occur: a node's start before its parts, its end right after its update. A failed task ends the step: the ends
/// of the cancelled tasks follow its own, and the stream's last item is the error. If the node has an error handler,
/// its task still ends with its error, and then the handler's task starts, in the same super-step. A run that stops at
/// a breakpoint stops between two steps, after the checkpoint, and its stream ends. A run whose tasks ask something ends
/// once the other tasks of the step have ended; nothing of the step is applied before the answers.
#[non_exhaustive]
pub enum Part<G: Graph> {
    /// The state, or its output type if it has one.
    Values(Arc<Values<G>>),
    /// The update of a node.
    Update(UpdatePart<G>),
    /// A message pushed by a node; a part of `updates` mode, before the node's update.
    Pushed(PushedPart<G>),
    /// The result of a task that a node has called; a part of `updates` mode, once it is saved.
    TaskResult(TaskResultPart<G>),
    /// The run stops at a breakpoint; the last part of `updates` mode.
    Breakpoint(Box<Breakpoint<G>>),
    /// A task asks a human; a part of every mode. Another follows for each of its interrupts, then the task's end.
    Interrupt(Box<Waiting<G>>),
    /// A chunk of a model's reply, or a message that a node wrote.
    Message(MessagePart<G>),
    /// A custom event of a node.
    Custom(CustomPart<G>),
    /// Something happened to a tool call.
    Tool(ToolPart<G>),
    /// A task started or ended.
    Task(TaskPart<G>),
    /// An input or a step was saved.
    Checkpoint(Box<Snapshot<G>>),
    /// A task or a checkpoint, with step and time.
    Debug(Box<DebugPart<G>>),
    /// An event of a graph, node, prompt, model or tool.
    Event(Box<Event<G>>),
    /// A part of a subgraph, if [`subgraphs`](crate::run::Run::subgraphs) were requested.
    Subgraph(Box<SubgraphPart<G>>),
}

/// A part of a subgraph.
#[non_exhaustive]
pub struct SubgraphPart<G: Graph> {
    /// The enclosing tasks.
    pub namespace: Namespace,
    /// The part in the subgraph's own form: a value of the graph's generated `<Graph>Subgraph`.
    pub part: G::SubgraphItem<Whole>,
}

impl<G: Graph> Part<G> {
    /// The node of the part, if it has one.
    pub fn node(&self) -> Option<G::Node> {
        use crate::graph::{GraphNode as _, GraphUpdate as _};
        match self {
            Self::Update(update) => Some(update.node()),
            Self::Pushed(pushed) => Some(pushed.node),
            Self::TaskResult(result) => Some(result.node),
            Self::Message(message) => Some(message.node),
            Self::Custom(custom) => Some(custom.node),
            Self::Tool(tool) => Some(tool.node),
            Self::Task(task) => Some(task.node),
            Self::Interrupt(waiting) => Some(waiting.node),
            Self::Event(event) => event.node,
            Self::Debug(debug) => debug.node(),
            Self::Subgraph(inside) => {
                let around = inside.namespace.segments().first()?.node;
                G::Node::ALL.iter().copied().find(|node| node.name() == around)
            }
            Self::Values(_) | Self::Checkpoint(_) | Self::Breakpoint(_) => None,
        }
    }
}

/// The update of a node. It derefs to the graph's update enum.
#[non_exhaustive]
pub struct UpdatePart<G: Graph> {
    /// The update.
    pub update: G::Update,
    /// Whether the node was skipped because the update was cached (LangGraph's `__metadata__: {"cached": true}`).
    pub cached: bool,
}

impl<G: Graph> Deref for UpdatePart<G> {
    type Target = G::Update;

    fn deref(&self) -> &G::Update {
        &self.update
    }
}

/// A chunk of a model's reply, or a message that a node wrote without a model.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MessageContent {
    /// A chunk of a model's reply.
    Chunk(MessageChunk),
    /// A whole message of a node's update.
    Whole(Message),
}

/// A message or chunk, with its origin.
#[non_exhaustive]
pub struct MessagePart<G: Graph> {
    /// The message or chunk.
    pub content: MessageContent,
    /// The node.
    pub node: G::Node,
    /// The super-step.
    pub step: i64,
    /// The task.
    pub task: TaskId,
    /// Which attempt of the task, counted from 1.
    pub attempt: u32,
    /// The model; `None` for a message that a node wrote.
    pub model: Option<Arc<ModelInfo>>,
    /// The thread of the run.
    pub thread_id: Option<Arc<str>>,
    /// The metadata of the run.
    pub metadata: Arc<Map<String, Value>>,
    pub(crate) place: Place,
}

impl<G: Graph> MessagePart<G> {
    /// The tasks around the graph, outermost first, and the task itself: LangGraph's `langgraph_checkpoint_ns`.
    pub fn namespace(&self) -> Namespace {
        self.place.namespace()
    }

    /// The text of the chunk; empty if it has none.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        match &self.content {
            MessageContent::Chunk(chunk) => chunk.text().into(),
            MessageContent::Whole(message) => message.text_str(),
        }
    }

    /// The id of the message that the chunk belongs to.
    pub fn message_id(&self) -> &str {
        match &self.content {
            MessageContent::Chunk(chunk) => chunk.id(),
            MessageContent::Whole(message) => message.id(),
        }
    }
}

/// A custom event, with its origin.
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

/// What has happened to a tool call, with its origin.
#[non_exhaustive]
pub struct ToolPart<G: Graph> {
    /// What has happened.
    pub event: ToolEvent,
    /// The id of the call.
    pub call_id: Arc<str>,
    /// The name of the tool.
    pub name: Arc<str>,
    /// The node that calls it.
    pub node: G::Node,
    /// The super-step.
    pub step: i64,
    /// The task.
    pub task: TaskId,
    /// Which attempt of the task, counted from 1.
    pub attempt: u32,
}

/// A message that a node has [pushed](crate::context::Context::push_message), once its task has succeeded.
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

/// The result of a [task](crate::functional) that a node has called.
#[non_exhaustive]
pub struct TaskResultPart<G: Graph> {
    /// The result.
    pub result: G::TaskResult,
    /// The node that called it.
    pub node: G::Node,
    /// The super-step.
    pub step: i64,
    /// The task of the node.
    pub task: TaskId,
    /// Which attempt of the node's task, counted from 1.
    pub attempt: u32,
}
