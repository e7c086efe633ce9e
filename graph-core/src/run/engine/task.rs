//! One task of a super-step: what it is lent, and its state from start to end.

use std::sync::Arc;

use crate::context::{Context, ProducedBy, TaskInfo};
use crate::graph::{Graph, TaskOutput};
use crate::node::NodeResult;
use crate::run::Pushed;
use crate::state::State;

/// What a task is lent while it runs, and where its future puts the result. Boxed, because it moves with the future.
pub(in crate::run) struct Lease<G: Graph> {
    /// `None` while nobody runs with it: an idle lease must not keep the state from being changed in place.
    pub state: Option<Arc<G::State>>,
    pub cx: Context<G>,
    /// `None` until the task has ended.
    pub result: Option<NodeResult<TaskOutput<G>>>,
}

/// A task of the running super-step.
pub(super) struct TaskSlot<G: Graph> {
    pub progress: Progress<G>,
    /// Messages that its node has pushed, in every attempt.
    pub pushed: Vec<Pushed<G>>,
    /// Whether the handler of its node's errors has started.
    pub in_handler: bool,
}

/// Where a task stands. It leaves `Waiting` and `Running` once.
pub(super) enum Progress<G: Graph> {
    /// Not started: the step runs as many tasks as it may already.
    Waiting,
    Running,
    /// Done; the result is still in the lease of the step's only task, from where it is applied without a copy.
    InLease,
    Done(TaskWrites<G>),
    /// Ended in an earlier run whose step failed; its saved update is applied with this step.
    Restored(<G::State as State>::Update),
    Failed,
    Cancelled,
    /// The update is in the state; the route, if it has decided one itself, is still to be followed.
    Applied {
        route: Option<G::Route>,
    },
}

/// The writes of a task that has ended well.
pub(super) struct TaskWrites<G: Graph> {
    pub update: G::Update,
    /// Where it goes, if it has decided that itself.
    pub route: Option<G::Route>,
    /// The messages pushed by the attempt that succeeded.
    pub pushed: Vec<Pushed<G>>,
}

/// How a task's future ended.
pub(super) struct TaskEnd<G: Graph> {
    /// The attempt that it ended with, counted from 1.
    pub attempt: u32,
    pub produced_by: ProducedBy,
    /// The result, or the payload of a panic.
    pub result: std::thread::Result<NodeResult<TaskOutput<G>>>,
}

impl<G: Graph> TaskSlot<G> {
    pub(super) fn waiting() -> Self {
        Self { progress: Progress::Waiting, pushed: Vec::new(), in_handler: false }
    }

    /// Makes it the slot of a new task.
    #[inline]
    pub(super) fn reset(&mut self) {
        self.progress = Progress::Waiting;
        if !self.pushed.is_empty() {
            self.pushed.clear();
        }
        self.in_handler = false;
    }

    /// Whether the task has ended, in whatever way.
    pub(super) fn has_ended(&self) -> bool {
        !matches!(self.progress, Progress::Waiting | Progress::Running)
    }

    /// The task as the stream shows it: that of the handler once the handler has started.
    pub(super) fn streamed(&self, info: TaskInfo) -> TaskInfo {
        let produced_by = if self.in_handler { ProducedBy::Handler } else { ProducedBy::Node };
        produced_by.streamed(info)
    }
}

impl<G: Graph> TaskWrites<G> {
    /// Whether a pending write can hold all of it: a decided route and pushed messages have no saved form.
    pub(super) fn can_be_pending(&self) -> bool {
        self.route.is_none() && self.pushed.is_empty()
    }
}
