//! One task of a super-step: its lease, and its progress.

use std::sync::Arc;

use super::apply::StateUpdate;
use crate::checkpoint::Remembered;
use crate::context::{Context, ProducedBy, TaskInfo};
use crate::graph::{Graph, GraphUpdate, TaskOutput};
use crate::node::NodeResult;
use crate::run::Pushed;

/// What a task borrows while it runs, and where its future puts the result. Boxed, because it moves with the future.
pub(in crate::run) struct Lease<G: Graph> {
    /// `None` while it is not lent: an idle lease must not hold the state, or the state would be cloned on write.
    pub state: Option<Arc<G::State>>,
    pub cx: Context<G>,
    /// `None` until the task has ended.
    pub result: Option<NodeResult<TaskOutput<G>>>,
}

/// A task of the running super-step: its progress and its values.
///
/// The progress is stored apart from the values, so that changing it is one small store: a task changes it four times
/// in a step of 40 ns, and an enum with the values inside would be copied whole each time.
pub(super) struct TaskSlot<G: Graph> {
    progress: Progress,
    /// While `Done`; the route only until it is followed.
    writes: Option<TaskWrites<G>>,
    /// While `Restored`.
    restored: Option<Box<Restored<G>>>,
    /// Messages that its node has pushed, of every attempt.
    pub pushed: Vec<Pushed<G>>,
    /// Whether its node's error handler has started.
    pub in_handler: bool,
    /// What it has asked: it ends without a result.
    pub asked: Vec<Arc<Remembered>>,
    /// Whether it was cancelled because it has asked, and has not ended yet.
    pub is_ending: bool,
}

/// The progress of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// Not started.
    Waiting,
    Running,
    /// Done; the result is still in the lease of the step's only task, and is applied from there without a copy.
    InLease,
    Done,
    /// Finished in an earlier run whose step failed; its saved update is applied with this step.
    Restored,
    /// The update is applied or about to be.
    Applied,
    Failed,
    Cancelled,
    /// Interrupted: it runs again once it is answered.
    Interrupted,
}

/// The writes of a task that has succeeded.
pub(super) struct TaskWrites<G: Graph> {
    /// `None` once taken.
    pub update: Option<G::Update>,
    /// The task's own route, if any; `None` once followed.
    pub route: Option<G::Route>,
    /// The messages pushed by the attempt that succeeded.
    pub pushed: Vec<Pushed<G>>,
}

/// What a task has written in an earlier run.
pub(super) struct Restored<G: Graph> {
    pub update: StateUpdate<G>,
    pub pushed: Vec<StateUpdate<G>>,
}

/// How a task's future ended.
pub(super) struct TaskEnd<G: Graph> {
    /// The last attempt, counted from 1.
    pub attempt: u32,
    pub produced_by: ProducedBy,
    /// The result, or the payload of a panic.
    pub result: std::thread::Result<NodeResult<TaskOutput<G>>>,
}

impl<G: Graph> TaskSlot<G> {
    pub(super) fn new() -> Self {
        let (writes, restored, pushed) = (None, None, Vec::new());
        Self {
            progress: Progress::Waiting,
            writes,
            restored,
            pushed,
            in_handler: false,
            asked: Vec::new(),
            is_ending: false,
        }
    }

    /// Resets the slot for a new task.
    #[inline]
    pub(super) fn reset(&mut self) {
        self.progress = Progress::Waiting;
        if self.writes.is_some() {
            self.writes = None;
        }
        if !self.pushed.is_empty() {
            self.pushed.clear();
        }
        self.in_handler = false;
        if !self.asked.is_empty() {
            self.asked.clear();
        }
        self.is_ending = false;
    }

    #[inline]
    pub(super) fn is_waiting(&self) -> bool {
        self.progress == Progress::Waiting
    }

    #[inline]
    pub(super) fn is_in_lease(&self) -> bool {
        self.progress == Progress::InLease
    }

    /// Whether the task has ended, successfully or not.
    #[inline]
    pub(super) fn has_ended(&self) -> bool {
        !matches!(self.progress, Progress::Waiting | Progress::Running)
    }

    /// The task starts: it will end once.
    #[inline]
    pub(super) fn start(&mut self) {
        debug_assert_eq!(self.progress, Progress::Waiting, "a task starts once");
        self.progress = Progress::Running;
    }

    /// The task has succeeded.
    #[inline]
    pub(super) fn finish(&mut self, writes: TaskWrites<G>) {
        self.end(Progress::Done);
        self.writes = Some(writes);
    }

    /// The step's only task has succeeded; its result stays in its lease.
    #[inline]
    pub(super) fn finish_in_lease(&mut self) {
        self.end(Progress::InLease);
    }

    /// Moves the result here from the lease.
    pub(super) fn take_from_lease(&mut self, output: TaskOutput<G>) {
        debug_assert_eq!(self.progress, Progress::InLease);
        self.progress = Progress::Done;
        self.writes = Some(TaskWrites { update: Some(output.update), route: output.route, pushed: Vec::new() });
    }

    pub(super) fn restore(&mut self, restored: Restored<G>, route: Option<G::Route>) {
        self.end(Progress::Restored);
        self.restored = Some(Box::new(restored));
        self.writes = Some(TaskWrites { update: None, route, pushed: Vec::new() });
    }

    pub(super) fn fail(&mut self) {
        self.end(Progress::Failed);
    }

    pub(super) fn cancel(&mut self) {
        self.end(Progress::Cancelled);
    }

    /// The task has asked.
    pub(super) fn interrupt(&mut self) {
        self.end(Progress::Interrupted);
    }

    pub(super) fn is_running(&self) -> bool {
        self.progress == Progress::Running
    }

    /// The writes of a task that has succeeded, until they are applied.
    pub(super) fn writes(&self) -> Option<&TaskWrites<G>> {
        self.writes.as_ref().filter(|_| self.progress == Progress::Done)
    }

    /// Takes the update of a task that has succeeded, to apply it.
    #[inline]
    pub(super) fn take_update(&mut self) -> Option<G::Update> {
        self.progress = Progress::Applied;
        self.writes.as_mut()?.update.take()
    }

    /// Takes the update of a restored task, to apply it.
    pub(super) fn take_restored(&mut self) -> Option<StateUpdate<G>> {
        let restored = self.restored.take()?;
        self.progress = Progress::Applied;
        Some(restored.update)
    }

    /// Takes the task's update, restored or not, as one of the state.
    pub(super) fn take_full_update(&mut self) -> Option<StateUpdate<G>> {
        self.take_restored().or_else(|| self.take_update().map(GraphUpdate::into_update))
    }

    /// Whether the task has pushed no messages that are part of the step.
    pub(super) fn has_no_pushed(&self) -> bool {
        self.restored.as_ref().is_none_or(|restored| restored.pushed.is_empty())
            && self.writes.as_ref().is_none_or(|writes| writes.pushed.is_empty())
    }

    /// Whether the task's writes are part of the step.
    pub(super) fn has_written(&self) -> bool {
        matches!(self.progress, Progress::Done | Progress::Restored)
    }

    /// The updates of the task's pushed messages.
    pub(super) fn take_pushed(&mut self) -> Vec<StateUpdate<G>> {
        match (&mut self.restored, &self.writes) {
            (Some(restored), _) => std::mem::take(&mut restored.pushed),
            (None, Some(writes)) => writes.pushed.iter().map(Pushed::to_update).collect(),
            (None, None) => Vec::new(),
        }
    }

    /// Takes the task's own route.
    #[inline]
    pub(super) fn take_route(&mut self) -> Option<G::Route> {
        self.writes.as_mut()?.route.take()
    }

    /// The task as the stream shows it: that of the error handler once it has started.
    pub(super) fn streamed(&self, info: TaskInfo) -> TaskInfo {
        let produced_by = if self.in_handler { ProducedBy::Handler } else { ProducedBy::Node };
        produced_by.streamed(info)
    }

    #[inline]
    fn end(&mut self, progress: Progress) {
        debug_assert!(!self.has_ended(), "a task ends once: it is {:?} already", self.progress);
        self.progress = progress;
    }
}
