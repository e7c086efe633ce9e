//! Telling the stream what becomes of tasks.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::SystemTime;

use crate::context::{By, SpanKind, TaskInfo};
use crate::error::Error;
use crate::graph::{Graph, GraphNode, GraphUpdate};
use crate::run::{
    DebugKind, DebugPart, EventData, Mode, Part, Phase, Shared, TaskInput, TaskPart, TaskState, UpdatePart,
};
use crate::state::State;

/// The modes that tell of more than what tasks wrote, so that the tasks need ids.
pub(in crate::run) const TOLD: Mode =
    Mode::TASKS.union(Mode::DEBUG).union(Mode::MESSAGES).union(Mode::CUSTOM).union(Mode::EVENTS);

/// Tells of a task's start.
pub(crate) fn started<G: Graph>(
    shared: &Shared<G>,
    info: &TaskInfo,
    state: &Arc<G::State>,
    task: &G::Task,
    out: &mut VecDeque<Part<G>>,
) {
    if shared.has(Mode::TASKS | Mode::DEBUG) {
        let input =
            if takes_input::<G>(task) { TaskInput::Sent(task.clone()) } else { TaskInput::State(state.clone()) };
        shared.task(info, TaskState::Started { input }, out);
    }
    if shared.has(Mode::EVENTS) {
        let input = event_input::<G>(Some(state), task);
        out.push_back(shared.event(Some(info), SpanKind::Chain, Phase::Start, input, None));
    }
}

/// A task that has ended, on its way into the stream.
pub(crate) struct Telling<'a, G: Graph> {
    pub shared: &'a Shared<G>,
    pub info: &'a TaskInfo,
    /// What the task read; `None` where it went down with the task.
    pub state: Option<&'a Arc<G::State>>,
    pub task: &'a G::Task,
    pub out: &'a mut VecDeque<Part<G>>,
}

impl<G: Graph> Telling<'_, G> {
    /// The task wrote this.
    pub(crate) fn done(&mut self, update: &G::Update) {
        let Self { shared, info, state, task, out } = self;
        if shared.has(Mode::MESSAGES) {
            update.as_dyn().visit_messages(&mut |messages| {
                shared.written(info, messages, |id| state.is_some_and(|state| holds(&**state, id)), out);
            });
        }
        if shared.has(Mode::UPDATES) {
            let cached = info.by == By::Cache;
            out.push_back(Part::Update(UpdatePart { update: update.clone(), cached }));
        }
        if shared.has(Mode::EVENTS) {
            let data = || Some(EventData::Update(update.clone()));
            let input = event_input::<G>(*state, task);
            out.push_back(shared.event(Some(info), SpanKind::Chain, Phase::Stream, None, data()));
            out.push_back(shared.event(Some(info), SpanKind::Chain, Phase::End, input, data()));
            out.push_back(shared.event(None, SpanKind::Chain, Phase::Stream, None, data()));
        }
        if shared.has(Mode::TASKS | Mode::DEBUG) {
            let state = match info.by {
                By::Node | By::Handler => TaskState::Done(update.clone()),
                By::Cache => TaskState::Cached(update.clone()),
            };
            shared.task(info, state, out);
        }
    }

    /// The task failed.
    pub(crate) fn failed(&mut self, error: Error) -> Error {
        self.ended_by(|| error.to_string(), |error| TaskState::Failed { error });
        error
    }

    /// The task was dropped where it stood.
    pub(crate) fn cancelled(&mut self) {
        self.ended_by(|| "cancelled".to_owned(), |_| TaskState::Cancelled);
    }

    fn ended_by(&mut self, error: impl Fn() -> String, end: impl FnOnce(String) -> TaskState<G>) {
        let Self { shared, info, state, task, out } = self;
        if shared.has(Mode::EVENTS) {
            let (input, data) = (event_input::<G>(*state, task), EventData::Error(error()));
            out.push_back(shared.event(Some(info), SpanKind::Chain, Phase::Error, input, Some(data)));
        }
        if shared.has(Mode::TASKS | Mode::DEBUG) {
            shared.task(info, end(error()), out);
        }
    }
}

impl<G: Graph> Shared<G> {
    /// Tells what has become of a task.
    pub(crate) fn task(&self, info: &TaskInfo, state: TaskState<G>, out: &mut VecDeque<Part<G>>) {
        let handler = (info.by == By::Handler).then(|| G::TOPOLOGY.nodes[info.node].info.policy.on_error);
        let handler = handler.flatten().map(|handler| handler.name);
        let part = TaskPart { id: info.id(), node: G::Node::ALL[info.node], handler, step: info.step, state };
        if self.has(Mode::DEBUG) {
            let (at, kind) = (SystemTime::now(), DebugKind::Task(part.clone()));
            out.push_back(Part::Debug(Box::new(DebugPart { step: info.step, at, kind })));
        }
        if self.has(Mode::TASKS) {
            out.push_back(Part::Task(part));
        }
    }
}

fn takes_input<G: Graph>(task: &G::Task) -> bool {
    G::TOPOLOGY.nodes[G::node_index(task)].info.takes_input
}

fn event_input<G: Graph>(state: Option<&Arc<G::State>>, task: &G::Task) -> Option<EventData<G>> {
    if takes_input::<G>(task) {
        Some(EventData::Sent(task.clone()))
    } else {
        state.map(|state| EventData::State(state.clone()))
    }
}

/// Whether the state holds a message with this id.
fn holds<S: State>(state: &S, id: &str) -> bool {
    let mut found = false;
    state.visit_messages(&mut |messages| found |= messages.iter().any(|message| message.id() == id));
    found
}
