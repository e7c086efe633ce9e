//! One super-step: its tasks side by side.

use std::collections::VecDeque;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context as Poller, Poll, ready};

use uuid::Uuid;

use crate::context::{By, Context, TaskInfo};
use crate::error::{Error, Result};
use crate::graph::{Graph, GraphNode};
use crate::run::engine::machine::{Lent, Returned};
use crate::run::engine::pending::Restored;
use crate::run::engine::pushed::Pushes;
use crate::run::engine::task_set::{Slots, panic_text};
use crate::run::stream::emit::{TOLD, Telling, started};
use crate::run::{Mode, Part, Shared};
use crate::state::{FieldSet, State};

/// The super-step that is running. Its memory is used again from step to step.
pub(crate) struct Step<G: Graph> {
    pub shared: Arc<Shared<G>>,
    max_concurrency: usize,
    /// What all tasks of the step have in common.
    pub(super) common: Common,
    /// The tasks, where a stream tells of more than what they wrote; else nothing is kept of them.
    pub(super) infos: Vec<TaskInfo>,
    /// Contexts to lend, given back by tasks that ran side by side: in their boxes, as they are lent.
    #[expect(clippy::vec_box)]
    contexts: Vec<Box<Context<G>>>,
    /// What the tasks wrote, in their order.
    pub(super) updates: Vec<Option<G::Update>>,
    /// What those of them wrote that had ended before, in a run whose step failed: they do not run again.
    pub(super) restored: Restored<G>,
    /// The messages that they pushed.
    pub(super) pushes: Pushes<G>,
    /// Where they go, in their order, where they decide that themselves; empty where none does.
    pub(super) routes: Vec<Option<G::Route>>,
    /// The fields that any of them writes.
    pub(super) wrote: FieldSet,
    pub(super) ran: Vec<G::Node>,
    /// Whether what the tasks of all steps write is to be kept, as one update.
    pub(super) gathers: bool,
    pub(super) gathered: Option<<G::State as State>::Update>,
    /// Whether the tasks have not been polled yet.
    first: bool,
    /// The first task that has not been started.
    waiting: usize,
    /// How many tasks have not ended.
    pub(super) left: usize,
    /// The attempt that the last task to end ended with, and whence what it writes.
    pub(super) attempt: u32,
    pub(super) by: By,
    /// The tasks that have failed; with them, the run ends.
    failures: Vec<usize>,
    /// Whether a failure leaves the others of its step alone.
    isolate: bool,
    /// The first failure, while the others of its step run to their ends.
    isolated: Option<Error>,
}

/// What all tasks of a step have in common.
#[derive(Default)]
pub(super) struct Common {
    pub(super) number: i64,
    /// How many more steps the run has taken than `number` says. (Not their number itself: the compiler would copy the
    /// two at once, and the processor cannot until both have been stored, which they were just before.)
    ahead: i64,
    seed: Uuid,
}

impl Common {
    /// [`info`](Self::info) in place, where nothing listens to spans or asks for ids: these stay nil.
    #[inline]
    fn inscribe<G: Graph>(&self, info: &mut TaskInfo, index: usize, task: &G::Task) {
        let node = G::node_of(task);
        (info.node, info.name, info.index) = (node.index(), node.name(), index);
        (info.step, info.taken) = (self.number, (self.number + self.ahead) as usize);
        (info.attempt, info.by, info.seed) = (1, By::Node, self.seed);
    }

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
            restored: Restored::default(),
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
        if !self.restored.is_empty() {
            self.take_restored(tasks.len());
        }
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
            for (info, task) in self.infos.iter().zip(tasks).filter(|(info, _)| !self.restored.has(info.index)) {
                started(shared, info, state, task, out);
            }
        }
    }

    pub(super) fn info(&self, index: usize, task: &G::Task) -> TaskInfo {
        self.infos.get(index).copied().unwrap_or_else(|| self.common.info::<G>(index, task))
    }

    /// Writes down in a context which task it is for. Where there is no info to copy, it is made in place: a copy right
    /// after the making would wait until the processor has stored what was made.
    fn inscribe(&self, context: &mut Context<G>, index: usize, task: &G::Task) {
        match self.infos.get(index) {
            Some(info) => context.run.task = *info,
            None => self.common.inscribe::<G>(&mut context.run.task, index, task),
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
            let has_ended = self.updates[index].is_some() || self.failures.contains(&index) || self.restored.has(index);
            if !has_ended {
                let info = &self.by_of(index).told(*info);
                Telling { shared: &self.shared, info, state, task, out }.cancelled();
            }
        }
    }

    /// The next task to start.
    #[inline]
    fn next_waiting(&mut self, count: usize) -> Option<usize> {
        while self.restored.has(self.waiting) {
            self.waiting += 1;
        }
        let task = self.waiting;
        self.waiting += 1;
        (task < count).then_some(task)
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
        let width = (tasks.len() - self.restored.len()).min(self.max_concurrency);
        let start = |step: &mut Self, index: usize| {
            let mut context = step.contexts.pop().unwrap_or_else(|| context.clone());
            step.inscribe(&mut context, index, &tasks[index]);
            call(tasks[index].clone(), state.clone(), context)
        };
        let first = std::mem::take(&mut self.first);
        if first {
            for place in 0..width {
                let Some(task) = self.next_waiting(tasks.len()) else { break };
                slots.set(place, task, start(self, task));
            }
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
            // A place whose task is done takes the next task that waits.
            if (failure.is_none() || isolate)
                && let Some(task) = self.next_waiting(tasks.len())
            {
                slots.set(place, task, start(self, task));
            }
        });
        if isolate && self.left > 0 {
            self.isolated = failure;
            return None;
        }
        failure
    }
}

/// Runs what a user wrote. A panic of it is an error of the run: what it has left behind is dropped with the run.
#[inline]
pub(crate) fn guard<G: Graph, T>(step: i64, what: impl FnOnce() -> String, run: impl FnOnce() -> T) -> Result<T> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| Error::Panic {
        graph: G::NAME,
        what: what(),
        step,
        message: panic_text(&*panic),
    })
}
