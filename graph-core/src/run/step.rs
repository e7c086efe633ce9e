//! One super-step: its tasks side by side, their updates in order.

use std::cell::Cell;
use std::collections::VecDeque;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context as Poller, Poll, ready};

use uuid::Uuid;

use super::engine::{Lent, Returned};
use super::journal::Journal;
use super::pushed::Pushes;
use super::slots::{Ended, Slots, panic_text};
use super::tell::{TOLD, Telling, started};
use super::{Mode, Part, PushedPart, Shared, UpdatePart};
use crate::checkpoint::Written;
use crate::context::{By, Context, TaskInfo};
use crate::error::{Error, Failure, Result};
use crate::graph::{Done, Graph, GraphNode, GraphUpdate, Next};
use crate::node::{HandlerError, NodeError, NodeResult};
use crate::state::{FieldSet, Repeated, State, to_mut};

/// The super-step that is running. Its memory is used again from step to step.
pub(crate) struct Step<G: Graph> {
    pub shared: Arc<Shared<G>>,
    max_concurrency: usize,
    /// What all tasks of the step have in common.
    common: Common,
    /// The tasks, where a stream tells of more than what they wrote; else nothing is kept of them.
    infos: Vec<TaskInfo>,
    /// Contexts to lend, given back by tasks that ran side by side: in their boxes, as they are lent.
    #[expect(clippy::vec_box)]
    contexts: Vec<Box<Context<G>>>,
    /// What the tasks wrote, in their order.
    updates: Vec<Option<G::Update>>,
    /// The messages that they pushed.
    pushes: Pushes<G>,
    /// Where they go, in their order, where they decide that themselves; empty where none does.
    routes: Vec<Option<G::Route>>,
    /// The fields that any of them writes.
    wrote: FieldSet,
    ran: Vec<G::Node>,
    /// Whether what the tasks of all steps write is to be kept, as one update.
    gathers: bool,
    gathered: Option<<G::State as State>::Update>,
    /// Whether the tasks have not been polled yet.
    first: bool,
    /// The first task that has not been started.
    waiting: usize,
    /// How many tasks have not ended.
    left: usize,
    /// The attempt that the last task to end ended with, and whence what it writes.
    attempt: u32,
    by: By,
    /// The tasks that have failed; with them, the run ends.
    failures: Vec<usize>,
    /// Whether a failure leaves the others of its step alone.
    isolate: bool,
    /// The first failure, while the others of its step run to their ends.
    isolated: Option<Error>,
}

/// What all tasks of a step have in common.
#[derive(Default)]
struct Common {
    number: i64,
    /// How many more steps the run has taken than `number` says. (Not their number itself: the compiler would copy the
    /// two at once, and the processor cannot until both have been stored, which they were just before.)
    ahead: i64,
    seed: Uuid,
}

impl Common {
    fn info<G: Graph>(&self, index: usize, task: &G::Task) -> TaskInfo {
        let node = G::node_of(task);
        TaskInfo {
            node: node.index(),
            name: node.name(),
            step: self.number,
            taken: (self.number + self.ahead) as usize,
            index,
            attempt: 1,
            by: By::Node,
            seed: self.seed,
            span: Uuid::nil(),
            id: None,
        }
    }
}

impl<G: Graph> Step<G> {
    pub(crate) fn new(shared: Arc<Shared<G>>, max_concurrency: usize, gathers: bool) -> Self {
        let isolate = shared.isolates();
        Self {
            shared,
            max_concurrency,
            common: Common::default(),
            infos: Vec::new(),
            contexts: Vec::new(),
            updates: Vec::new(),
            pushes: Pushes::new(),
            routes: Vec::new(),
            wrote: FieldSet::EMPTY,
            ran: Vec::new(),
            gathers,
            gathered: None,
            first: true,
            waiting: 0,
            left: 0,
            attempt: 1,
            by: By::Node,
            failures: Vec::new(),
            isolate,
            isolated: None,
        }
    }

    /// Takes up the tasks of the next step, and tells of their start.
    pub(crate) fn begin(
        &mut self,
        tasks: &[G::Task],
        state: &Arc<G::State>,
        number: i64,
        taken: usize,
        seed: Uuid,
        out: &mut VecDeque<Part<G>>,
    ) {
        self.common = Common { number, ahead: taken as i64 - number, seed };
        self.updates.clear();
        self.pushes.clear();
        self.routes.clear();
        self.updates.resize_with(tasks.len(), || None);
        (self.wrote, self.first, self.waiting, self.left) = (FieldSet::EMPTY, true, 0, tasks.len());
        if self.shared.has(TOLD) {
            self.tell_of(tasks, state, out);
        }
    }

    /// Makes up the ids of the tasks, and tells of their start.
    #[inline(never)]
    fn tell_of(&mut self, tasks: &[G::Task], state: &Arc<G::State>, out: &mut VecDeque<Part<G>>) {
        let (shared, common) = (&self.shared, &self.common);
        self.infos.clear();
        self.infos.extend(tasks.iter().enumerate().map(|(index, task)| {
            let mut info = common.info::<G>(index, task);
            info.span = shared.span_id();
            if shared.has(Mode::TASKS | Mode::DEBUG | Mode::MESSAGES | Mode::CUSTOM) {
                info.id = Some(info.id());
            }
            info
        }));
        if shared.has(Mode::TASKS | Mode::DEBUG | Mode::EVENTS) {
            for (info, task) in self.infos.iter().zip(tasks) {
                started(shared, info, state, task, out);
            }
        }
    }

    fn info(&self, index: usize, task: &G::Task) -> TaskInfo {
        self.infos.get(index).copied().unwrap_or_else(|| self.common.info::<G>(index, task))
    }

    /// Writes down in a context which task it is for. Where there is no info to copy, it is made in place: a copy right
    /// after the making would wait until the processor has stored what was made.
    fn inscribe(&self, context: &mut Context<G>, index: usize, task: &G::Task) {
        match self.infos.get(index) {
            Some(info) => context.run.task = *info,
            None => context.run.task = self.common.info::<G>(index, task),
        }
    }

    /// Runs the tasks until all have ended, or one has failed.
    ///
    /// The first task that fails ends the step: the others are dropped where they stand, or first run to their ends where
    /// failures are isolated. Nothing is applied then.
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
                self.inscribe(&mut context, 0, task);
                slots.set_single(call(task.clone(), state, context));
            }
            let ended = ready!(slots.poll_single(cx)).map(|(result, state, context)| {
                (self.attempt, self.by) = (context.run.task.attempt, context.run.task.by);
                *lent = Some((state, context));
                result
            });
            self.left = 0;
            let failure = self.ended(0, task, ended, lent, out).err();
            self.failures.extend(failure.is_some().then_some(0));
            failure
        } else {
            self.side_by_side(cx, slots, lent, tasks, call, out)
        };
        let Some(error) = failure else {
            return if self.left == 0 { Poll::Ready(Ok(())) } else { Poll::Pending };
        };
        slots.clear();
        self.cancelled(tasks, lent, out);
        Poll::Ready(Err(error))
    }

    /// Tells of the end of the tasks that were dropped where they stood: of all that had not ended.
    pub(crate) fn cancelled(&self, tasks: &[G::Task], lent: &Option<Lent<G>>, out: &mut VecDeque<Part<G>>) {
        // What the spans inside them had to say as they were dropped.
        self.shared.take(out);
        let state = lent.as_ref().map(|(state, _)| state);
        for (index, (info, task)) in self.infos.iter().zip(tasks).enumerate() {
            if self.updates[index].is_none() && !self.failures.contains(&index) {
                let info = &self.by_of(index).told(*info);
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
    ) -> Option<Error>
    where
        F: Future<Output = Returned<G>>,
    {
        let (state, context) = lent.as_ref()?;
        let width = tasks.len().min(self.max_concurrency);
        let start = |step: &mut Self, index: usize| {
            let mut context = step.contexts.pop().unwrap_or_else(|| context.clone());
            step.inscribe(&mut context, index, &tasks[index]);
            call(tasks[index].clone(), state.clone(), context)
        };
        let first = std::mem::take(&mut self.first);
        if first {
            for place in 0..width {
                slots.set(place, place, start(self, place));
            }
            self.waiting = width;
        }
        let mut failure = self.isolated.take();
        let isolate = self.isolate;
        slots.poll_pass(cx, width, first, |slots, place, task, ended| {
            if failure.is_some() && !isolate {
                return;
            }
            self.left -= 1;
            let ended = ended.map(|(result, _, context)| {
                (self.attempt, self.by) = (context.run.task.attempt, context.run.task.by);
                self.contexts.push(context);
                result
            });
            if let Err(error) = self.ended(task, &tasks[task], ended, lent, out) {
                self.failures.push(task);
                failure.get_or_insert(error);
            }
            if self.waiting < tasks.len() && (failure.is_none() || isolate) {
                // A place whose task is done takes the next task that waits.
                slots.set(place, self.waiting, start(self, self.waiting));
                self.waiting += 1;
            }
        });
        if isolate && self.left > 0 {
            self.isolated = failure;
            return None;
        }
        failure
    }

    /// Takes what a task ended with: streams it, and keeps its update.
    fn ended(
        &mut self,
        index: usize,
        task: &G::Task,
        ended: Ended<NodeResult<Done<G>>>,
        lent: &Option<Lent<G>>,
        out: &mut VecDeque<Part<G>>,
    ) -> Result<()> {
        // What the task said comes before its end.
        let said = self.shared.has_parts();
        self.shared.take(out);
        let state = lent.as_ref().map(|(state, _)| state);
        let Done { mut update, route } = match ended {
            Ok(Ok(done)) => done,
            Ok(Err(error)) => return Err(self.failed(index, task, Ok(error), state, out)),
            Err(panic) => return Err(self.failed(index, task, Err(panic), state, out)),
        };
        let reducer = || format!("a reducer behind node `{}`", G::node_of(task).name());
        if let Err(error) = guard::<G, _>(self.common.number, reducer, || update.as_dyn_mut().prepare()) {
            let info = &self.by.told(self.info(index, task));
            return Err(Telling { shared: &self.shared, info, state, task, out }.failed(error));
        }
        self.wrote = self.wrote.union(update.as_dyn().written());
        if said {
            self.pushed(index, out);
        }
        if let Some(info) = self.infos.get(index) {
            let info = &self.by.told(*info);
            Telling { shared: &self.shared, info, state, task, out }.done(&update);
        } else if self.shared.has(Mode::UPDATES) {
            out.push_back(Part::Update(UpdatePart { update: update.clone(), cached: self.by == By::Cache }));
        }
        self.updates[index] = Some(update);
        if route.is_some() {
            self.routes.resize_with(self.updates.len(), || None);
            self.routes[index] = route;
        }
        Ok(())
    }

    /// Takes up the messages that a task pushed, if it pushed any.
    #[inline(never)]
    fn pushed(&mut self, index: usize, out: &mut VecDeque<Part<G>>) {
        for pushed in self.shared.take_pushed(self.common.number, index, self.attempt, self.by) {
            if self.shared.has(Mode::UPDATES) {
                out.push_back(Part::Pushed(PushedPart {
                    message: pushed.message.clone(),
                    field: pushed.field,
                    node: G::Node::ALL[pushed.task.node],
                    step: pushed.task.step,
                    task: pushed.task.id(),
                    attempt: pushed.task.attempt,
                }));
            }
            self.wrote = self.wrote.union(self.pushes.add(pushed));
        }
    }

    /// Whose turn it was when a task went down.
    fn by_of(&self, index: usize) -> By {
        if self.shared.is_handling(index) { By::Handler } else { By::Node }
    }

    /// The error of a task that failed or panicked, once the stream has been told.
    #[cold]
    fn failed(
        &self,
        index: usize,
        task: &G::Task,
        ended: Ended<NodeError>,
        state: Option<&Arc<G::State>>,
        out: &mut VecDeque<Part<G>>,
    ) -> Error {
        let by = if ended.is_err() { self.by_of(index) } else { self.by };
        let info = &by.told(self.info(index, task));
        let (graph, node, step) = (G::NAME, info.name, info.step);
        let error = match ended {
            Ok(source) => {
                let attempt = source.downcast_ref::<HandlerError>().map_or(self.attempt, |both| both.attempts);
                Error::Node { graph, node, step, attempt, source: Failure::new(source) }
            }
            Err(panic) => {
                let of = if by == By::Handler { "the handler of " } else { "" };
                let what = format!("{of}node `{node}`");
                Error::Panic { graph, what, step, message: panic_text(&*panic) }
            }
        };
        Telling { shared: &self.shared, info, state, task, out }.failed(error)
    }

    /// Applies what the tasks wrote, in their order; gives what is to be saved, and the fields that were written.
    pub(crate) fn apply(
        &mut self,
        state: &mut Arc<G::State>,
        journal: Option<&Journal<G>>,
        number: i64,
    ) -> Result<(Vec<Written>, FieldSet)> {
        let mut records = Vec::new();
        if !self.wrote.is_empty() {
            // Copied only where a consumer holds a snapshot.
            let state = to_mut(state);
            let at = Cell::new(None);
            let reducer = || format!("a reducer behind node `{}`", at.get().map_or("", GraphNode::name));
            guard::<G, _>(number, reducer, || {
                let mut write = |node, update| {
                    at.set(Some(node));
                    if let Some(journal) = journal {
                        records.push(journal.record(Some(node), &update)?);
                    }
                    if self.gathers {
                        gather::<G>(&mut self.gathered, &update);
                    }
                    state.apply(update);
                    Ok::<_, Error>(())
                };
                let mut updates = self.updates.drain(..);
                if self.pushes.is_empty() {
                    return updates.flatten().try_for_each(|update| write(update.node(), update.into_update()));
                }
                self.pushes.among(&mut updates).into_iter().try_for_each(|(node, update)| write(node, update))
            })??;
        }
        Ok((records, self.wrote))
    }

    /// What the tasks of all steps wrote, as one update.
    pub(crate) fn take_gathered(&mut self) -> Option<<G::State as State>::Update> {
        self.gathered.take()
    }

    /// The nodes that ran in the last step; none before the first.
    pub(crate) fn ran(&self) -> &[G::Node] {
        &self.ran
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
        let (ran, routes) = (&self.ran, &mut self.routes);
        let router = || {
            let mut names: Vec<_> = ran.iter().map(|node| format!("`{}`", node.name())).collect();
            names.dedup();
            format!("a router behind {}", if names.is_empty() { "START".into() } else { names.join(", ") })
        };
        guard::<G, _>(number, router, || match tasks {
            None => next.start(state),
            Some(_) => next.follow(ran, routes, state),
        })
    }
}

/// Adds an update to those before it.
#[inline(never)]
fn gather<G: Graph>(gathered: &mut Option<<G::State as State>::Update>, update: &<G::State as State>::Update) {
    let update = update.repeated();
    match gathered {
        Some(first) => G::State::__combine(first, update),
        none => *none = Some(update),
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
