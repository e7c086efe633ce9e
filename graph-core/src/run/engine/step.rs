//! One super-step: its concurrent tasks.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;
use std::task::{Context as Poller, Poll, ready};

use uuid::Uuid;

use super::apply::OrderedWrite;
use super::cursor::Cursor;
use super::suspend::asks;
use super::task::{Lease, TaskEnd, TaskSlot};
use super::task_set::TaskSet;
use crate::context::{Context, ProducedBy, TaskInfo};
use crate::error::Error;
use crate::graph::{Graph, GraphNode};
use crate::node::NodeError;
use crate::run::stream::emit::{Emitter, NEEDS_TASK_INFO, TaskView};
use crate::run::{Mode, Part, Shared};
use crate::state::FieldSet;

/// The running super-step. Its memory is reused from step to step.
pub(super) struct Step<G: Graph> {
    pub(super) shared: Arc<Shared<G>>,
    pub(super) number: i64,
    /// The number of steps the run has taken, minus `number`. Kept as a difference: two adjacent counters would be
    /// loaded as one wide word and stall on store forwarding.
    ahead: i64,
    /// The seed of task ids.
    seed: Uuid,
    pub(super) slots: Vec<TaskSlot<G>>,
    /// One per task if a stream shows more than updates, else empty.
    infos: Vec<TaskInfo>,
    /// Leases returned by ended tasks, for reuse: boxed as they are lent.
    pub(super) idle: Vec<Box<Lease<G>>>,
    /// The fields written so far.
    pub(super) wrote: FieldSet,
    /// Whether there are writes besides the tasks' own updates: restored ones, or pushed messages.
    pub(super) has_extra_writes: bool,
    /// The tasks that have succeeded since the journal last took their updates, if there is a journal.
    pub(super) finished: Vec<usize>,
    /// The writes of a step while it is applied; kept for its capacity.
    pub(super) ordered: Vec<OrderedWrite<G>>,
    pub(super) has_journal: bool,
    /// Whether a running task has asked.
    pub(super) has_asking: bool,
    pub(super) started: bool,
    /// The first task not started yet.
    pub(super) waiting: usize,
    pub(super) running: usize,
    /// The number of tasks that have not ended.
    pub(super) left: usize,
    pub(super) failure: Option<Box<Error>>,
    stopping: bool,
}

/// How a super-step ended.
pub(super) enum StepEnd {
    Complete,
    /// A task has asked. All others have ended.
    Interrupted,
    /// A task failed, or the run was aborted. All other tasks have ended, too.
    Failed(Box<Error>),
}

/// What a step needs to run its tasks.
pub(super) struct Running<'a, G: Graph, F: Future, C> {
    pub futures: &'a mut TaskSet<F>,
    /// The lease of a step's only task; several tasks get copies.
    pub lease: &'a mut Option<Box<Lease<G>>>,
    pub tasks: &'a [G::Task],
    pub call: &'a C,
    pub out: &'a mut VecDeque<Part<G>>,
}

impl<G: Graph> Step<G> {
    pub(super) fn new(shared: Arc<Shared<G>>) -> Self {
        Self {
            shared,
            number: 0,
            ahead: 0,
            seed: Uuid::nil(),
            slots: Vec::new(),
            infos: Vec::new(),
            idle: Vec::new(),
            wrote: FieldSet::EMPTY,
            has_extra_writes: false,
            finished: Vec::new(),
            ordered: Vec::new(),
            has_journal: false,
            has_asking: false,
            started: false,
            waiting: 0,
            running: 0,
            left: 0,
            failure: None,
            stopping: false,
        }
    }

    /// Prepares the tasks of the next step, and streams their starts.
    #[inline]
    pub(super) fn begin(
        &mut self,
        cursor: &mut Cursor<G>,
        state: &Arc<G::State>,
        steps_taken: usize,
        seed: Uuid,
        out: &mut VecDeque<Part<G>>,
    ) {
        (self.number, self.ahead, self.seed) = (cursor.step, steps_taken as i64 - cursor.step, seed);
        match (&mut *self.slots, &*cursor.tasks) {
            ([slot], [_]) => slot.reset(),
            _ => {
                self.slots.clear();
                self.slots.resize_with(cursor.tasks.len(), TaskSlot::new);
            }
        }
        self.finished.clear();
        (self.wrote, self.has_extra_writes) = (FieldSet::EMPTY, false);
        (self.started, self.waiting, self.running, self.left) = (false, 0, 0, cursor.tasks.len());
        if !cursor.pending.is_empty() {
            self.restore(std::mem::take(&mut cursor.pending));
        }
        if !cursor.asked.is_empty() {
            self.restore_asked(std::mem::take(&mut cursor.asked), &cursor.tasks, out);
        }
        if self.shared.has(NEEDS_TASK_INFO) {
            self.stream_starts(&cursor.tasks, state, out);
        }
    }

    /// Creates the task infos, and streams the start of each task that will run.
    #[inline(never)]
    fn stream_starts(&mut self, tasks: &[G::Task], state: &Arc<G::State>, out: &mut VecDeque<Part<G>>) {
        let mut infos = std::mem::take(&mut self.infos);
        infos.clear();
        infos.extend(tasks.iter().enumerate().map(|(index, task)| {
            let mut info = TaskInfo::placeholder();
            self.write_info(&mut info, index, task);
            info.span = self.shared.span_id();
            if self.shared.has(Mode::TASKS | Mode::DEBUG | Mode::MESSAGES | Mode::CUSTOM | Mode::TOOLS) {
                info.id = Some(info.id());
            }
            info
        }));
        self.infos = infos;
        if self.shared.has(Mode::TASKS | Mode::DEBUG | Mode::EVENTS) {
            let mut emit = Emitter::new(&self.shared, out);
            for ((info, task), slot) in self.infos.iter().zip(tasks).zip(&self.slots) {
                if slot.is_waiting() {
                    emit.task_started(&TaskView { info: *info, state: Some(state), task });
                }
            }
        }
    }

    /// The info of a task if neither its span nor its id is needed: they stay nil.
    #[inline]
    fn write_info(&self, info: &mut TaskInfo, index: usize, task: &G::Task) {
        let node = G::node_of(task);
        (info.node, info.name, info.index) = (node.index(), node.name(), index);
        (info.step, info.steps_taken) = (self.number, (self.number + self.ahead) as usize);
        (info.attempt, info.produced_by, info.seed) = (1, ProducedBy::Node, self.seed);
    }

    pub(super) fn info(&self, index: usize, task: &G::Task) -> TaskInfo {
        self.infos.get(index).copied().unwrap_or_else(|| {
            let mut info = TaskInfo::placeholder();
            self.write_info(&mut info, index, task);
            info
        })
    }

    pub(super) fn has_infos(&self) -> bool {
        !self.infos.is_empty()
    }

    /// Sets the task of a context. If there is no stored info, it is built in place: a copy right after building it
    /// would stall on store forwarding.
    #[inline]
    pub(super) fn tell_task(&self, context: &mut Context<G>, index: usize, task: &G::Task) {
        match self.infos.get(index) {
            Some(info) => context.run.task = *info,
            None => self.write_info(&mut context.run.task, index, task),
        }
    }

    /// Aborts the step with an error, at its next poll.
    pub(super) fn abort(&mut self, error: Box<Error>) {
        self.failure = Some(error);
        self.stopping = true;
    }

    /// Runs the tasks until all have ended, or one has failed.
    ///
    /// The first failure ends the step: the other tasks are cancelled, or, if failures are isolated, first run to
    /// completion. Then nothing is applied.
    #[inline]
    pub(super) fn poll<F, C>(&mut self, cx: &mut Poller<'_>, run: &mut Running<'_, G, F, C>) -> Poll<StepEnd>
    where
        F: Future<Output = Box<Lease<G>>> + Send + 'static,
        C: Fn(G::Task, Box<Lease<G>>) -> F,
    {
        if !self.stopping {
            match run.tasks {
                [task] if self.left == 1 && !const { asks::<G>() } => ready!(self.poll_only(cx, run, task)),
                _ => self.poll_side_by_side(cx, run),
            }
            if const { asks::<G>() } && (self.has_asking || self.shared.reports.has_any()) {
                self.suspend_asking(cx, run);
            }
        }
        if self.failure.is_some() {
            return self.poll_failed(cx, run);
        }
        if self.left > 0 {
            return Poll::Pending;
        }
        let is_interrupted = const { asks::<G>() } && self.slots.iter().any(|slot| !slot.asked.is_empty());
        Poll::Ready(if is_interrupted { StepEnd::Interrupted } else { StepEnd::Complete })
    }

    #[inline(always)]
    fn poll_only<F, C>(&mut self, cx: &mut Poller<'_>, run: &mut Running<'_, G, F, C>, task: &G::Task) -> Poll<()>
    where
        F: Future<Output = Box<Lease<G>>> + Send + 'static,
        C: Fn(G::Task, Box<Lease<G>>) -> F,
    {
        if !self.started {
            self.started = true;
            if let Some(mut lease) = run.lease.take() {
                self.tell_task(&mut lease.cx, 0, task);
                self.slots[0].start();
                run.futures.start_single((run.call)(task.clone(), lease));
            }
        }
        match ready!(run.futures.poll_single(cx)) {
            Ok(lease) => self.end_only(task, run.lease.insert(lease), run.out),
            Err(panic) => self.end_task(0, task, panicked(panic), None, run.out),
        }
        Poll::Ready(())
    }

    /// Whether a failure cancels the others.
    #[inline]
    pub(super) fn must_stop(&self) -> bool {
        self.failure.is_some() && (self.stopping || !self.shared.info.config.isolate)
    }

    /// Cancels the running tasks, and streams their ends.
    #[cold]
    fn poll_failed<F, C>(&mut self, cx: &mut Poller<'_>, run: &mut Running<'_, G, F, C>) -> Poll<StepEnd>
    where
        F: Future<Output = Box<Lease<G>>> + Send + 'static,
    {
        if self.left > 0 && !self.must_stop() {
            return Poll::Pending;
        }
        self.stopping = true;
        run.futures.cancel();
        ready!(run.futures.poll_cancelled(cx));
        self.cancel_slots(run.tasks, run.lease.as_ref().and_then(|lease| lease.state.as_ref()), run.out);
        self.stopping = false;
        match self.failure.take() {
            Some(error) => Poll::Ready(StepEnd::Failed(error)),
            None => Poll::Ready(StepEnd::Complete),
        }
    }

    /// Streams the end of every started task that has not ended.
    pub(super) fn cancel_slots(
        &mut self,
        tasks: &[G::Task],
        state: Option<&Arc<G::State>>,
        out: &mut VecDeque<Part<G>>,
    ) {
        self.take_reports();
        let mut emit = Emitter::new(&self.shared, out);
        for ((index, slot), task) in self.slots.iter_mut().enumerate().zip(tasks) {
            if slot.has_ended() {
                continue;
            }
            if let Some(info) = self.infos.get(index) {
                emit.task_cancelled(&TaskView { info: slot.streamed(*info), state, task });
            }
            slot.cancel();
        }
    }
}

#[inline(always)]
pub(super) fn task_end<G: Graph>(lease: &mut Lease<G>) -> TaskEnd<G> {
    let (attempt, produced_by) = (lease.cx.run.task.attempt, lease.cx.run.task.produced_by);
    let result = lease.result.take().unwrap_or_else(|| Err(NodeError::msg("the node gave no result")));
    TaskEnd { attempt, produced_by, result: Ok(result) }
}

#[cold]
pub(super) fn panicked<G: Graph>(payload: Box<dyn std::any::Any + Send>) -> TaskEnd<G> {
    TaskEnd { attempt: 1, produced_by: ProducedBy::Node, result: Err(payload) }
}
