//! The parts about tasks and checkpoints: `tasks` and `debug` mode.

use std::sync::Arc;
use std::time::SystemTime;

use crate::context::TaskId;
use crate::graph::Graph;
use crate::interrupt::Waiting;
use crate::thread::Snapshot;

/// The start or the end of a task. Every start has one end.
#[non_exhaustive]
pub struct TaskPart<G: Graph> {
    /// The task.
    pub id: TaskId,
    /// Its node.
    pub node: G::Node,
    /// The error handler, if this is its task; it is separate from the task of the node, which failed.
    pub handler: Option<&'static str>,
    /// The super-step.
    pub step: i64,
    /// The state of the task.
    pub state: TaskState<G>,
}

/// The state of a task.
#[non_exhaustive]
pub enum TaskState<G: Graph> {
    /// It started.
    Started {
        /// The input.
        input: TaskInput<G>,
    },
    /// It succeeded, with this update.
    Done(G::Update),
    /// It was skipped: this update was cached.
    Cached(G::Update),
    /// It failed.
    Failed {
        /// The error's text.
        error: String,
    },
    /// It asks, and ends without a result: it runs again once all of these are answered.
    Interrupted(Vec<Waiting<G>>),
    /// It was cancelled: another task of its step failed, or the run was cancelled or timed out.
    Cancelled,
}

/// The input of a task.
#[non_exhaustive]
pub enum TaskInput<G: Graph> {
    /// The state.
    State(Arc<G::State>),
    /// Its own input, sent by a `for` edge.
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

/// The content of a debug part.
#[non_exhaustive]
pub enum DebugKind<G: Graph> {
    /// A task started or ended.
    Task(TaskPart<G>),
    /// A step was saved.
    Checkpoint(Snapshot<G>),
}
