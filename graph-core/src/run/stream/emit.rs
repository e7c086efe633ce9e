//! Emits parts in the order documented by [`Part`].

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::SystemTime;

use crate::context::{ProducedBy, SpanKind, TaskInfo};
use crate::error::Error;
use crate::graph::{Graph, GraphUpdate};
use crate::interrupt::Waiting;
use crate::run::{
    Breakpoint, DebugKind, DebugPart, EventData, MessageContent, Mode, Part, Phase, Pushed, PushedPart, Shared,
    TaskInput, TaskState, UpdatePart,
};
use crate::state::{RunValues, State};
use crate::thread::Snapshot;

/// The modes that show more of a task than its update, so that tasks need ids.
pub(in crate::run) const NEEDS_TASK_INFO: Mode =
    Mode::TASKS.union(Mode::DEBUG).union(Mode::MESSAGES).union(Mode::CUSTOM).union(Mode::EVENTS).union(Mode::TOOLS);

/// Emits parts to `out`, in the documented order. Parts that nodes have emitted in the meantime come first.
pub(in crate::run) struct Emitter<'a, G: Graph> {
    shared: &'a Shared<G>,
    out: &'a mut VecDeque<Part<G>>,
}

/// A task as its parts show it.
pub(in crate::run) struct TaskView<'a, G: Graph> {
    pub info: TaskInfo,
    /// The state that the task reads; `None` if it was lost with the task.
    pub state: Option<&'a Arc<G::State>>,
    pub task: &'a G::Task,
}

impl<'a, G: Graph> Emitter<'a, G> {
    pub(in crate::run) fn new(shared: &'a Shared<G>, out: &'a mut VecDeque<Part<G>>) -> Self {
        shared.outbox.drain(out);
        Self { shared, out }
    }

    /// The run starts with this state.
    pub(in crate::run) fn run_started(&mut self, state: &Arc<G::State>) {
        if self.shared.has(Mode::EVENTS) {
            let input = EventData::State(state.clone());
            self.out.push_back(self.shared.event(None, SpanKind::Chain, Phase::Start, Some(input), None));
        }
    }

    pub(in crate::run) fn task_started(&mut self, view: &TaskView<'_, G>) {
        let TaskView { info, state, task } = view;
        if self.shared.has(Mode::TASKS | Mode::DEBUG)
            && let Some(state) = state
        {
            let sent = has_task_input::<G>(task);
            let input = if sent { TaskInput::Sent((*task).clone()) } else { TaskInput::State((*state).clone()) };
            self.task(info, TaskState::Started { input });
        }
        if self.shared.has(Mode::EVENTS) {
            let input = event_input(view);
            self.out.push_back(self.shared.event(Some(info), SpanKind::Chain, Phase::Start, input, None));
        }
    }

    /// A task has succeeded: its messages, its pushed messages, its update, its end.
    pub(in crate::run) fn task_done(&mut self, view: &TaskView<'_, G>, pushed: &[Pushed<G>], update: &G::Update) {
        let info = &view.info;
        self.messages(view, update);
        self.update(info.produced_by, pushed, update);
        if self.shared.has(Mode::EVENTS) {
            let data = || Some(EventData::Update(update.clone()));
            let event = |task, phase, input| self.shared.event(task, SpanKind::Chain, phase, input, data());
            self.out.push_back(event(Some(info), Phase::Stream, None));
            self.out.push_back(event(Some(info), Phase::End, event_input(view)));
            // A graph inside a node does not stream by itself: its updates are those of the node.
            if self.shared.info.around.is_none() {
                self.out.push_back(event(None, Phase::Stream, None));
            }
        }
        if self.shared.has(Mode::TASKS | Mode::DEBUG) {
            let state = match info.produced_by {
                ProducedBy::Node | ProducedBy::Handler => TaskState::Done(update.clone()),
                ProducedBy::Cache => TaskState::Cached(update.clone()),
            };
            self.task(info, state);
        }
    }

    /// The part of [`task_done`](Self::task_done) that needs no task info.
    #[inline]
    pub(in crate::run) fn update(&mut self, produced_by: ProducedBy, pushed: &[Pushed<G>], update: &G::Update) {
        if self.shared.has(Mode::UPDATES) {
            for pushed in pushed {
                self.out.push_back(PushedPart::of(pushed));
            }
            let cached = produced_by == ProducedBy::Cache;
            self.out.push_back(Part::Update(UpdatePart { update: update.clone(), cached }));
        }
    }

    pub(in crate::run) fn task_failed(&mut self, view: &TaskView<'_, G>, error: &Error) {
        self.task_ended(view, error.to_string(), |error| TaskState::Failed { error });
    }

    /// A task asks, and ends without a result.
    pub(in crate::run) fn task_interrupted(&mut self, view: &TaskView<'_, G>, waiting: Vec<Waiting<G>>) {
        self.task_ended(view, "interrupted".to_owned(), |_| TaskState::Interrupted(waiting));
    }

    /// Tasks ask, in every mode.
    pub(in crate::run) fn interrupted(&mut self, waiting: &[Waiting<G>]) {
        if !self.shared.modes.is_none() {
            self.out.extend(waiting.iter().map(|waiting| Part::Interrupt(Box::new(waiting.clone()))));
        }
    }

    pub(in crate::run) fn task_cancelled(&mut self, view: &TaskView<'_, G>) {
        self.task_ended(view, "cancelled".to_owned(), |_| TaskState::Cancelled);
    }

    /// A step is applied, and saved if there is a thread.
    #[inline]
    pub(in crate::run) fn values(&mut self, state: &Arc<G::State>) {
        if self.shared.has(Mode::VALUES) {
            self.out.push_back(Part::Values(RunValues::__from_state(state)));
        }
    }

    pub(in crate::run) fn checkpoint(&mut self, snapshot: Snapshot<G>) {
        if self.shared.has(Mode::DEBUG) {
            let kind = DebugKind::Checkpoint(snapshot.clone());
            self.out.push_back(DebugPart::of(snapshot.step, snapshot.at, kind));
        }
        if self.shared.has(Mode::CHECKPOINTS) {
            self.out.push_back(Part::Checkpoint(Box::new(snapshot)));
        }
    }

    pub(in crate::run) fn breakpoint(&mut self, breakpoint: &Breakpoint<G>) {
        if self.shared.has(Mode::UPDATES) {
            self.out.push_back(Part::Breakpoint(Box::new(breakpoint.clone())));
        }
    }

    /// A run that has started ends; a child run shows what it started with.
    pub(in crate::run) fn run_ended(&mut self, input: Option<Arc<G::State>>, end: Result<&Arc<G::State>, &Error>) {
        if self.shared.has(Mode::EVENTS) {
            let (phase, data) = match end {
                Ok(state) => (Phase::End, EventData::Output(RunValues::__from_state(state))),
                Err(error) => (Phase::Error, EventData::Error(error.to_string())),
            };
            self.out.push_back(self.shared.event(
                None,
                SpanKind::Chain,
                phase,
                input.map(EventData::State),
                Some(data),
            ));
        }
    }

    /// Streams the messages of an update, except those already streamed or already in the state.
    fn messages(&mut self, view: &TaskView<'_, G>, update: &G::Update) {
        if !self.shared.has(Mode::MESSAGES) {
            return;
        }
        update.as_dyn().visit_messages(&mut |messages| {
            for message in messages {
                let is_new = self.shared.mark_streamed(message.id());
                if is_new && !view.state.is_some_and(|state| holds(&**state, message.id())) {
                    let content = MessageContent::Whole(message.clone());
                    self.out.push_back(self.shared.message(&view.info, None, content));
                }
            }
        });
    }

    fn task_ended(&mut self, view: &TaskView<'_, G>, error: String, end: impl FnOnce(String) -> TaskState<G>) {
        let info = &view.info;
        if self.shared.has(Mode::EVENTS) {
            let (input, data) = (event_input(view), EventData::Error(error.clone()));
            self.out.push_back(self.shared.event(Some(info), SpanKind::Chain, Phase::Error, input, Some(data)));
        }
        if self.shared.has(Mode::TASKS | Mode::DEBUG) {
            self.task(info, end(error));
        }
    }

    fn task(&mut self, info: &TaskInfo, state: TaskState<G>) {
        let part = self.shared.task(info, state);
        if self.shared.has(Mode::DEBUG) {
            self.out.push_back(DebugPart::of(info.step, SystemTime::now(), DebugKind::Task(part.clone())));
        }
        if self.shared.has(Mode::TASKS) {
            self.out.push_back(Part::Task(part));
        }
    }
}

fn has_task_input<G: Graph>(task: &G::Task) -> bool {
    G::TOPOLOGY.nodes[G::node_index(task)].info.has_task_input
}

fn event_input<G: Graph>(view: &TaskView<'_, G>) -> Option<EventData<G>> {
    if has_task_input::<G>(view.task) {
        Some(EventData::Sent(view.task.clone()))
    } else {
        view.state.map(|state| EventData::State(state.clone()))
    }
}

/// Whether the state holds a message with this id.
fn holds<S: State>(state: &S, id: &str) -> bool {
    let mut found = false;
    state.visit_messages(&mut |messages| found |= messages.iter().any(|message| message.id() == id));
    found
}
