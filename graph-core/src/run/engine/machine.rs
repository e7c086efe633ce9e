//! The super-step loop, as a state machine driven by its consumer's polls.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;
use std::task::{Context as Poller, Poll, ready};

use tokio::sync::oneshot;
use uuid::Uuid;

use super::apply::StateUpdate;
use super::cursor::Cursor;
use super::start::Start;
use super::step::{Running, Step, StepEnd};
use super::task::Lease;
use super::task_set::TaskSet;
use super::{Drive, Shared};
use crate::checkpoint::{CheckpointError, Remembered};
use crate::error::Error;
use crate::graph::Graph;
use crate::run::breakpoint::names;
use crate::run::child::Caller;
use crate::run::journal::{Journal, Opening, open_subgraph};
use crate::run::stream::emit::Emitter;
use crate::run::{Breakpoint, ChildEnd, End, Mode, Part, SubgraphLog};
use crate::state::{State as _, to_mut, unwrap_or_copy};

/// The maximum number of super-steps in one poll. Otherwise a graph whose nodes never wait would block the thread until
/// its end, and ignore its deadline and its cancellation.
const STEPS_A_POLL: usize = 64;

pub(super) struct Engine<G: Graph, F: Future, C> {
    pub(super) start: Start<G>,
    /// The seed of task ids in a child run.
    child_seed: Option<Uuid>,
    /// The log of a subgraph's run on a thread, until it is opened.
    subgraph_log: Option<SubgraphLog>,
    pub(super) cursor: Cursor<G>,
    pub(super) step: Step<G>,
    futures: TaskSet<F>,
    /// `None` while the only task of a step has it, and after a panic of that task.
    pub(super) lease: Option<Box<Lease<G>>>,
    pub(super) steps_taken: usize,
    pub(super) journal: Option<Box<dyn Journal<G>>>,
    /// All updates of a child run, combined.
    pub(super) gathered: Option<StateUpdate<G>>,
    /// The nodes of the last step, if there are breakpoints.
    pub(super) previous: Vec<G::Node>,
    pub(super) stage: Stage,
    opening: Option<Opening<G>>,
    /// Who waits until what a task remembers is saved.
    pub(super) waiting_for_save: Vec<oneshot::Sender<()>>,
    /// Why the run fails, while pending writes are being saved.
    pub(super) failure: Option<Box<Error>>,
    /// The state at the start of a child run, if its events are streamed.
    pub(super) began_with: Option<Arc<G::State>>,
    /// The state before the input, if checkpoints are streamed.
    pub(super) before_input: Option<Arc<G::State>>,
    /// How the run ends, while the rest of it is being saved.
    pub(super) result: Option<RunResult<G>>,
    /// Whether the run's start has been streamed.
    pub(super) has_started: bool,
    aborted: Option<Box<Error>>,
    call: C,
}

/// The stage of a run.
#[derive(Clone, Copy)]
pub(super) enum Stage {
    Fresh,
    /// The thread is being loaded.
    Opening,
    /// Between two steps.
    Between,
    Running,
    /// A complete step is being saved.
    Saving(AfterSave),
    /// The run has failed, or a task has asked; pending records are being saved.
    Stopping,
    Ended,
}

/// What is streamed once a checkpoint is saved.
#[derive(Clone, Copy)]
pub(super) enum AfterSave {
    RunStarted,
    /// A step; whether it wrote a field of the output.
    Step {
        shown: bool,
    },
}

/// How a run without an error ended, before its output is taken.
pub(super) enum Stop<G: Graph> {
    Completed,
    Breakpoint(Box<Breakpoint<G>>),
    /// Its tasks have asked this.
    Interrupted(Vec<Arc<Remembered>>),
}

/// The result of a run before its output is taken.
pub(super) type RunResult<G> = Result<Stop<G>, Box<Error>>;

impl<G: Graph, F, C> Drive<G> for Engine<G, F, C>
where
    F: Future<Output = Box<Lease<G>>> + Send + 'static,
    C: Fn(G::Task, Box<Lease<G>>) -> F + Send,
{
    fn poll(&mut self, cx: &mut Poller<'_>, out: &mut VecDeque<Part<G>>) -> Poll<Result<End<G>, Box<Error>>> {
        let result = match self.result.take() {
            Some(result) => result,
            None => ready!(self.advance(cx, out)),
        };
        let result = ready!(self.poll_close(cx, result));
        self.stage = Stage::Ended;
        Poll::Ready(self.end(result, out))
    }

    fn abort(&mut self, error: Error) {
        match self.stage {
            // The tasks are cancelled first, and the updates of finished ones saved.
            Stage::Running => self.step.abort(error.into()),
            Stage::Stopping | Stage::Ended => {}
            // There is nothing to save.
            Stage::Fresh | Stage::Opening => (self.stage, self.failure) = (Stage::Stopping, Some(error.into())),
            Stage::Between | Stage::Saving(_) => self.aborted = Some(error.into()),
        }
    }

    fn abandon(&mut self, out: &mut VecDeque<Part<G>>) {
        self.futures.cancel();
        if matches!(self.stage, Stage::Running) {
            let state = self.lease.as_ref().and_then(|lease| lease.state.as_ref());
            self.step.cancel_slots(&self.cursor.tasks, state, out);
        }
        if !matches!(self.stage, Stage::Ended) {
            self.stage = Stage::Ended;
            let _ = self.end(Err(Error::Cancelled { graph: G::NAME }.into()), out);
        }
    }

    fn child_end(&mut self) -> Option<ChildEnd<G>> {
        self.child_seed?;
        let state = unwrap_or_copy(self.lease.take()?.state?);
        Some(ChildEnd { state, written: self.gathered.take(), exit: self.cursor.scheduler.taken_exit() })
    }
}

impl<G: Graph, F, C> Engine<G, F, C>
where
    F: Future<Output = Box<Lease<G>>> + Send + 'static,
    C: Fn(G::Task, Box<Lease<G>>) -> F + Send,
{
    pub(super) fn new(
        shared: Arc<Shared<G>>,
        start: Start<G>,
        child_seed: Option<Uuid>,
        subgraph_log: Option<SubgraphLog>,
        lease: Box<Lease<G>>,
        call: C,
    ) -> Self {
        let futures = TaskSet::new(shared.info.config.parallel, const { Caller::of::<G>() });
        Self {
            start,
            child_seed,
            subgraph_log,
            cursor: Cursor::new(),
            step: Step::new(shared),
            futures,
            lease: Some(lease),
            steps_taken: 0,
            journal: None,
            gathered: None,
            previous: Vec::new(),
            stage: Stage::Fresh,
            opening: None,
            waiting_for_save: Vec::new(),
            failure: None,
            began_with: None,
            before_input: None,
            result: None,
            has_started: false,
            aborted: None,
            call,
        }
    }

    /// Whether it is a child run.
    pub(super) fn is_child(&self) -> bool {
        self.child_seed.is_some()
    }

    /// Advances through the stages until the run has ended or waits.
    fn advance(&mut self, cx: &mut Poller<'_>, out: &mut VecDeque<Part<G>>) -> Poll<RunResult<G>> {
        let mut steps = 0;
        loop {
            match self.stage {
                Stage::Running => {
                    let Self { step, futures, lease, cursor, call, .. } = self;
                    let mut running = Running { futures, lease, tasks: &cursor.tasks, call, out };
                    match step.poll(cx, &mut running) {
                        Poll::Ready(StepEnd::Complete) => self.complete_step(out)?,
                        Poll::Ready(StepEnd::Interrupted) => self.interrupt(),
                        Poll::Ready(StepEnd::Failed(error)) => self.fail(error)?,
                        Poll::Pending => {
                            if self.journal.is_some() && self.save_finished(cx)? {
                                continue;
                            }
                            return Poll::Pending;
                        }
                    }
                }
                Stage::Between => {
                    if let Some(error) = self.aborted.take() {
                        return Poll::Ready(Err(error));
                    }
                    // No step starts before the consumer has taken all parts.
                    if !out.is_empty() {
                        return Poll::Pending;
                    }
                    if self.cursor.tasks.is_empty() {
                        return Poll::Ready(Ok(Stop::Completed));
                    }
                    if steps == STEPS_A_POLL {
                        cx.waker().wake_by_ref();
                        return Poll::Pending;
                    }
                    if self.start.stops.is_some()
                        && let Some(breakpoint) = self.breakpoint_here()?
                    {
                        return Poll::Ready(Ok(Stop::Breakpoint(breakpoint)));
                    }
                    steps += 1;
                    self.begin_step(out)?;
                }
                Stage::Saving(after) => {
                    if let Some(journal) = &mut self.journal {
                        ready!(journal.poll_saved(cx)).map_err(checkpoint_error)?;
                    }
                    self.after_save(after, out)?;
                }
                Stage::Stopping => return self.poll_stopping(cx),
                Stage::Opening => {
                    let Some(opening) = &mut self.opening else { return Poll::Ready(Err(lost::<G>())) };
                    let (journal, loaded) = ready!(opening.as_mut().poll(cx)).map_err(checkpoint_error)?;
                    self.opening = None;
                    self.opened(journal, loaded);
                    self.take_input(out)?;
                }
                Stage::Fresh => match self.start.thread.take() {
                    Some(binding) => {
                        self.opening = Some(binding.open());
                        self.stage = Stage::Opening;
                    }
                    None if self.subgraph_log.is_some() => self.open_subgraph(out)?,
                    None => self.take_input(out)?,
                },
                Stage::Ended => return Poll::Ready(Ok(Stop::Completed)),
            }
        }
    }

    /// Opens the log of a subgraph's run, and continues what an earlier run of its task has done.
    #[inline(never)]
    fn open_subgraph(&mut self, out: &mut VecDeque<Part<G>>) -> Result<(), Box<Error>> {
        let opened = self.subgraph_log.take().and_then(open_subgraph::<G>).transpose().map_err(checkpoint_error)?;
        let Some((journal, loaded)) = opened else { return self.take_input(out) };
        let goes_on = loaded.is_some();
        self.opened(journal, loaded);
        if goes_on { self.after_save(AfterSave::RunStarted, out) } else { self.take_input(out) }
    }

    #[inline]
    fn begin_step(&mut self, out: &mut VecDeque<Part<G>>) -> Result<(), Box<Error>> {
        let limit = self.step.shared.info.config.recursion_limit;
        if self.steps_taken == limit {
            let active = names::<G>(&self.cursor.tasks);
            return Err(Error::RecursionLimit { graph: G::NAME, limit, active }.into());
        }
        self.steps_taken += 1;
        self.cursor.step += 1;
        if G::State::MANAGED {
            self.manage(limit - self.steps_taken);
        }
        let Some(state) = self.lease.as_ref().and_then(|lease| lease.state.as_ref()) else { return Err(lost::<G>()) };
        // The seed of task ids: the checkpoint on a thread, the parent task in a child run, else the run.
        let saved = self.journal.as_ref().and_then(|journal| journal.head());
        let seed = saved.or(self.child_seed).unwrap_or_else(|| self.step.shared.run_id());
        self.step.begin(&mut self.cursor, state, self.steps_taken, seed, out);
        self.stage = Stage::Running;
        Ok(())
    }

    /// Sets the managed fields of the state.
    #[inline(never)]
    pub(super) fn manage(&mut self, remaining_steps: usize) {
        if let Some(state) = self.lease.as_mut().and_then(|lease| lease.state.as_mut()) {
            to_mut(state).__manage(remaining_steps);
        }
    }

    /// Streams the saved step (or the step, without a thread).
    #[inline]
    pub(super) fn after_save(&mut self, after: AfterSave, out: &mut VecDeque<Part<G>>) -> Result<(), Box<Error>> {
        self.stage = Stage::Between;
        self.has_started = true;
        if self.step.shared.modes.is_none() { Ok(()) } else { self.stream_saved(after, out) }
    }

    #[inline(never)]
    fn stream_saved(&mut self, after: AfterSave, out: &mut VecDeque<Part<G>>) -> Result<(), Box<Error>> {
        let Some(state) = self.lease.as_ref().and_then(|lease| lease.state.as_ref()) else { return Err(lost::<G>()) };
        let mut emit = Emitter::new(&self.step.shared, out);
        if matches!(after, AfterSave::RunStarted) {
            emit.run_started(state);
            if self.child_seed.is_some() && self.step.shared.has(Mode::EVENTS) {
                self.began_with = Some(state.clone());
            }
        }
        if let (Some(before), Some(journal)) = (self.before_input.take(), &self.journal)
            && let Some(snapshot) = journal.input_snapshot(before, &self.cursor)
        {
            emit.checkpoint(snapshot);
        }
        if !matches!(after, AfterSave::Step { shown: false }) {
            emit.values(state);
        }
        if let Some(snapshot) = self.journal.as_ref().and_then(|journal| journal.snapshot(state, &self.cursor)) {
            emit.checkpoint(snapshot);
        }
        Ok(())
    }
}

pub(super) fn checkpoint_error(error: CheckpointError) -> Box<Error> {
    Box::new(error.into())
}

/// The state was lost with a task that panicked; the run has ended.
pub(super) fn lost<G: Graph>() -> Box<Error> {
    Box::new(Error::NotEnded { graph: G::NAME })
}
