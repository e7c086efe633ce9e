//! One super-step: its tasks side by side, their updates in order.

use std::collections::VecDeque;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context as Poller, Poll, ready};

use super::engine::{Lent, Returned};
use super::journal::Journal;
use super::slots::{Ended, Slots, panic_text};
use super::tell::{Telling, started};
use super::{Mode, Part, Shared};
use crate::checkpoint::Written;
use crate::context::{Context, TaskInfo};
use crate::error::{Error, Failure, Result};
use crate::graph::{Graph, GraphNode, GraphUpdate, Next};
use crate::node::NodeResult;
use crate::state::State;

/// The super-step that is running. Its memory is used again from step to step.
pub(crate) struct Step<G: Graph> {
    pub shared: Arc<Shared<G>>,
    max_concurrency: usize,
    infos: Vec<TaskInfo>,
    /// What the tasks wrote, in their order.
    updates: Vec<Option<G::Update>>,
    ran: Vec<G::Node>,
    /// Whether the tasks have not been polled yet.
    first: bool,
    /// The first task that has not been started.
    waiting: usize,
    /// How many tasks have not ended.
    left: usize,
}

impl<G: Graph> Step<G> {
    pub(crate) fn new(shared: Arc<Shared<G>>, max_concurrency: usize) -> Self {
        let (infos, updates, ran) = (Vec::new(), Vec::new(), Vec::new());
        Self { shared, max_concurrency, infos, updates, ran, first: true, waiting: 0, left: 0 }
    }

    /// Takes up the tasks of the next step, and tells of their start.
    pub(crate) fn begin(
        &mut self,
        tasks: &[G::Task],
        state: &Arc<G::State>,
        number: i64,
        taken: usize,
        seed: u128,
        out: &mut VecDeque<Part<G>>,
    ) {
        let shared = &self.shared;
        self.infos.clear();
        self.infos.extend(tasks.iter().enumerate().map(|(index, task)| {
            let node = G::node_of(task);
            let (name, node, span) = (node.name(), node.index(), shared.span_id());
            let mut info = TaskInfo { node, name, step: number, taken, index, attempt: 1, seed, span, id: None };
            if shared.has(Mode::TASKS | Mode::DEBUG | Mode::MESSAGES | Mode::CUSTOM) {
                info.id = Some(info.id());
            }
            info
        }));
        self.updates.clear();
        self.updates.resize_with(tasks.len(), || None);
        if shared.has(Mode::TASKS | Mode::DEBUG | Mode::EVENTS) {
            for (info, task) in self.infos.iter().zip(tasks) {
                started(shared, info, state, task, out);
            }
        }
        (self.first, self.waiting, self.left) = (true, 0, tasks.len());
    }

    /// Runs the tasks until all have ended, or one has failed.
    ///
    /// The first task that fails ends the step: the others are dropped where they stand, and nothing is applied.
    pub(crate) fn poll<F>(
        &mut self,
        cx: &mut Poller<'_>,
        slots: &mut Slots<F>,
        lent: &mut Option<Lent<G>>,
        tasks: &[G::Task],
        call: &impl Fn(G::Task, Arc<G::State>, Box<Context<G>>) -> F,
        out: &mut VecDeque<Part<G>>,
    ) -> Poll<Result<()>>
    where
        F: Future<Output = Returned<G>>,
    {
        let failure = if let [task] = tasks {
            if let (true, Some((state, mut context))) = (self.first, lent.take()) {
                self.first = false;
                context.run.task = self.infos[0];
                slots.set(0, 0, call(task.clone(), state, context));
            }
            let ended = ready!(slots.poll_single(cx)).map(|(result, state, context)| {
                *lent = Some((state, context));
                result
            });
            self.left = 0;
            self.ended(0, task, ended, lent, out).err().map(|error| (0, error))
        } else {
            self.side_by_side(cx, slots, lent, tasks, call, out)
        };
        let Some((failed, error)) = failure else {
            return if self.left == 0 { Poll::Ready(Ok(())) } else { Poll::Pending };
        };
        slots.clear();
        self.cancelled(Some(failed), tasks, lent, out);
        Poll::Ready(Err(error))
    }

    /// Tells of the end of the tasks that were dropped where they stood: of all that had not ended.
    pub(crate) fn cancelled(
        &self,
        failed: Option<usize>,
        tasks: &[G::Task],
        lent: &Option<Lent<G>>,
        out: &mut VecDeque<Part<G>>,
    ) {
        // What the spans inside them had to say as they were dropped.
        self.shared.take(out);
        let state = lent.as_ref().map(|(state, _)| state);
        for (index, (info, task)) in self.infos.iter().zip(tasks).enumerate() {
            if self.updates[index].is_none() && Some(index) != failed {
                Telling { shared: &self.shared, info, state, task, out }.cancelled();
            }
        }
    }

    fn side_by_side<F>(
        &mut self,
        cx: &mut Poller<'_>,
        slots: &mut Slots<F>,
        lent: &Option<Lent<G>>,
        tasks: &[G::Task],
        call: &impl Fn(G::Task, Arc<G::State>, Box<Context<G>>) -> F,
        out: &mut VecDeque<Part<G>>,
    ) -> Option<(usize, Error)>
    where
        F: Future<Output = Returned<G>>,
    {
        let (state, context) = lent.as_ref()?;
        let width = tasks.len().min(self.max_concurrency);
        let start = |info: TaskInfo, task: &G::Task| {
            let mut context = context.clone();
            context.run.task = info;
            call(task.clone(), state.clone(), context)
        };
        let first = std::mem::take(&mut self.first);
        if first {
            for (place, task) in tasks.iter().enumerate().take(width) {
                slots.set(place, place, start(self.infos[place], task));
            }
            self.waiting = width;
        }
        let mut failure = None;
        slots.poll_pass(cx, width, first, |slots, place, task, ended| {
            if failure.is_some() {
                return;
            }
            self.left -= 1;
            if let Err(error) = self.ended(task, &tasks[task], ended.map(|(result, ..)| result), lent, out) {
                failure = Some((task, error));
            } else if let Some(next) = tasks.get(self.waiting) {
                // A place whose task is done takes the next task that waits.
                slots.set(place, self.waiting, start(self.infos[self.waiting], next));
                self.waiting += 1;
            }
        });
        failure
    }

    /// Takes what a task ended with: streams it, and keeps its update.
    fn ended(
        &mut self,
        index: usize,
        task: &G::Task,
        ended: Ended<NodeResult<G::Update>>,
        lent: &Option<Lent<G>>,
        out: &mut VecDeque<Part<G>>,
    ) -> Result<()> {
        // What the task said comes before its end.
        self.shared.take(out);
        let info = &self.infos[index];
        let state = lent.as_ref().map(|(state, _)| state);
        let mut telling = Telling { shared: &self.shared, info, state, task, out };
        let mut update = match ended {
            Ok(Ok(update)) => update,
            Ok(Err(source)) => {
                let (graph, node, step) = (G::NAME, info.name, info.step);
                let source = Failure::new(source);
                return Err(telling.failed(Error::Node { graph, node, step, attempt: info.attempt, source }));
            }
            Err(panic) => {
                let (what, message) = (format!("node `{}`", info.name), panic_text(&*panic));
                return Err(telling.failed(Error::Panic { graph: G::NAME, what, step: info.step, message }));
            }
        };
        let reducer = || format!("a reducer behind node `{}`", info.name);
        if let Err(error) = guard::<G, _>(info.step, reducer, || update.as_dyn_mut().prepare()) {
            return Err(telling.failed(error));
        }
        telling.done(&update);
        self.updates[index] = Some(update);
        Ok(())
    }

    /// Applies what the tasks wrote, in their order; gives what is to be saved, and whether anything was written.
    pub(crate) fn apply(
        &mut self,
        state: &mut Arc<G::State>,
        journal: Option<&Journal<G>>,
        number: i64,
    ) -> Result<(Vec<Written>, bool)> {
        let mut records = Vec::new();
        let wrote = self.updates.iter().flatten().any(|update| !update.as_dyn().written().is_empty());
        if wrote {
            // Copied only where a consumer holds a snapshot.
            let state = Arc::make_mut(state);
            for update in self.updates.drain(..).flatten() {
                let node = update.node();
                let update = update.into_update();
                if let Some(journal) = journal {
                    records.push(journal.record(Some(node), &update)?);
                }
                guard::<G, _>(number, || format!("a reducer behind node `{}`", node.name()), || state.apply(update))?;
            }
        }
        Ok((records, wrote))
    }

    /// Collects what follows the tasks that ran (START, where there are none).
    pub(crate) fn route(
        &mut self,
        next: &mut Next<G>,
        tasks: Option<&[G::Task]>,
        state: &G::State,
        number: i64,
    ) -> Result<()> {
        self.ran.clear();
        self.ran.extend(tasks.into_iter().flatten().map(G::node_of));
        self.ran.dedup();
        let ran = &self.ran;
        let router = || {
            let names: Vec<_> = ran.iter().map(|node| format!("`{}`", node.name())).collect();
            format!("a router behind {}", if names.is_empty() { "START".into() } else { names.join(", ") })
        };
        guard::<G, _>(number, router, || match tasks {
            None => next.start(state),
            Some(_) => next.follow(ran, state),
        })
    }
}

/// Runs what a user wrote. A panic of it is an error of the run: what it has left behind is dropped with the run.
pub(crate) fn guard<G: Graph, T>(step: i64, what: impl FnOnce() -> String, run: impl FnOnce() -> T) -> Result<T> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| Error::Panic {
        graph: G::NAME,
        what: what(),
        step,
        message: panic_text(&*panic),
    })
}
