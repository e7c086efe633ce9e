//! One super-step: its tasks side by side, their updates in order.

use std::future::{Future, poll_fn};
use std::sync::Arc;
use std::task::Poll;

use super::slots::{Ended, Slots, panic_text};
use super::{DebugKind, DebugPart, EventData, Mode, Part, Phase, Shared, TaskInput, TaskPart, TaskState};
use crate::context::{Context, RunContext, SpanKind, TaskInfo};
use crate::error::{Error, Failure, Result};
use crate::graph::{Graph, GraphNode, GraphUpdate};
use crate::node::NodeResult;
use crate::state::State;

/// One super-step while it runs.
pub(crate) struct Step<'a, G: Graph> {
    pub shared: &'a Arc<Shared<G>>,
    /// What every task of the step reads.
    pub state: &'a Arc<G::State>,
    pub tasks: &'a [G::Task],
    pub step: i64,
    /// How many super-steps the run has taken, this one included.
    pub taken: usize,
    /// What the ids of the tasks are computed from.
    pub seed: u128,
    pub max_concurrency: usize,
}

impl<G: Graph> Step<'_, G> {
    /// Runs the tasks and puts what they wrote into `updates`, in the order of the tasks.
    ///
    /// The first task that fails ends the step: the others are dropped where they stand, and nothing is applied.
    pub(crate) async fn run<F>(
        &self,
        slots: &mut Slots<F>,
        infos: &mut Vec<TaskInfo>,
        updates: &mut Vec<Option<G::Update>>,
        call: impl Fn(G::Task, Arc<G::State>, Context<G>) -> F,
    ) -> Result<()>
    where
        F: Future<Output = NodeResult<G::Update>>,
    {
        infos.clear();
        infos.extend(self.tasks.iter().enumerate().map(|(index, task)| self.info(index, task)));
        updates.clear();
        updates.resize_with(self.tasks.len(), || None);
        for (info, task) in infos.iter().zip(self.tasks) {
            self.started(info, task);
        }

        let start = |index: usize| call(self.tasks[index].clone(), self.state.clone(), self.context(infos[index]));
        let failure = if self.tasks.len() == 1 {
            slots.set(0, 0, start(0));
            let ended = poll_fn(|cx| slots.poll_single(cx)).await;
            self.ended(&infos[0], &self.tasks[0], ended, &mut updates[0]).err().map(|error| (0, error))
        } else {
            self.side_by_side(slots, infos, updates, start).await
        };
        let Some((failed, error)) = failure else { return Ok(()) };
        slots.clear();
        if self.shared.has(Mode::TASKS | Mode::DEBUG) {
            let unended = infos.iter().zip(updates.iter()).enumerate().filter(|(_, (_, update))| update.is_none());
            for (_, (info, _)) in unended.filter(|(index, _)| *index != failed) {
                self.tell(info, TaskState::Cancelled);
            }
        }
        Err(error)
    }

    async fn side_by_side<F>(
        &self,
        slots: &mut Slots<F>,
        infos: &[TaskInfo],
        updates: &mut [Option<G::Update>],
        start: impl Fn(usize) -> F,
    ) -> Option<(usize, Error)>
    where
        F: Future<Output = NodeResult<G::Update>>,
    {
        let width = self.tasks.len().min(self.max_concurrency);
        // A place whose task is done takes the next task that waits.
        let (mut waiting, mut left) = (width, self.tasks.len());
        let mut failure = None;
        for place in 0..width {
            slots.set(place, place, start(place));
        }
        let mut first = true;
        poll_fn(|cx| {
            slots.poll_pass(cx, width, first, |slots, place, task, ended| {
                if failure.is_some() {
                    return;
                }
                left -= 1;
                match self.ended(&infos[task], &self.tasks[task], ended, &mut updates[task]) {
                    Err(error) => failure = Some((task, error)),
                    Ok(()) if waiting < self.tasks.len() => {
                        slots.set(place, waiting, start(waiting));
                        waiting += 1;
                    }
                    Ok(()) => {}
                }
            });
            first = false;
            if left == 0 || failure.is_some() { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        failure
    }

    fn info(&self, index: usize, task: &G::Task) -> TaskInfo {
        let node = G::node_of(task);
        let mut info = TaskInfo {
            node: node.index(),
            name: node.name(),
            step: self.step,
            taken: self.taken,
            index,
            attempt: 1,
            seed: self.seed,
            span: self.shared.span_id(),
            id: None,
        };
        if self.shared.has(Mode::TASKS | Mode::DEBUG | Mode::MESSAGES | Mode::CUSTOM) {
            info.id = Some(info.id());
        }
        info
    }

    fn context(&self, task: TaskInfo) -> Context<G> {
        Context::new(self.shared.clone(), RunContext { sink: self.shared.clone(), task, inside: None })
    }

    fn started(&self, info: &TaskInfo, task: &G::Task) {
        if self.shared.has(Mode::TASKS | Mode::DEBUG) {
            self.tell(info, TaskState::Started { input: self.input(task) });
        }
        if self.shared.has(Mode::EVENTS) {
            let input = self.event_input(task);
            self.shared.event(Some(info), SpanKind::Chain, Phase::Start, Some(input), None);
        }
    }

    /// Takes what a task ended with: streams it, and keeps its update.
    fn ended(
        &self,
        info: &TaskInfo,
        task: &G::Task,
        ended: Ended<NodeResult<G::Update>>,
        place: &mut Option<G::Update>,
    ) -> Result<()> {
        let mut update = match ended {
            Ok(Ok(update)) => update,
            Ok(Err(source)) => {
                let (graph, node, step) = (G::NAME, info.name, info.step);
                let error = Error::Node { graph, node, step, attempt: info.attempt, source: Failure::new(source) };
                return Err(self.failed(info, task, error));
            }
            Err(panic) => {
                let (what, message) = (format!("node `{}`", info.name), panic_text(&*panic));
                let error = Error::Panic { graph: G::NAME, what, step: info.step, message };
                return Err(self.failed(info, task, error));
            }
        };
        update.as_dyn_mut().prepare();
        if self.shared.has(Mode::MESSAGES) {
            update.as_dyn().visit_messages(&mut |messages| {
                self.shared.written(info, messages, |id| holds(&**self.state, id));
            });
        }
        if self.shared.has(Mode::EVENTS) {
            let data = EventData::Update(update.clone());
            let (piece, end) = (Some(data.clone()), Some(data.clone()));
            self.shared.event(Some(info), SpanKind::Chain, Phase::Stream, None, piece);
            self.shared.event(Some(info), SpanKind::Chain, Phase::End, Some(self.event_input(task)), end);
            self.shared.event(None, SpanKind::Chain, Phase::Stream, None, Some(data));
        }
        if self.shared.has(Mode::UPDATES) {
            self.shared.push(Part::Update(update.clone()));
        }
        if self.shared.has(Mode::TASKS | Mode::DEBUG) {
            self.tell(info, TaskState::Done(update.clone()));
        }
        *place = Some(update);
        Ok(())
    }

    fn failed(&self, info: &TaskInfo, task: &G::Task, error: Error) -> Error {
        if self.shared.has(Mode::EVENTS) {
            let data = EventData::Error(error.to_string());
            self.shared.event(Some(info), SpanKind::Chain, Phase::Error, Some(self.event_input(task)), Some(data));
        }
        if self.shared.has(Mode::TASKS | Mode::DEBUG) {
            self.tell(info, TaskState::Failed { error: error.to_string() });
        }
        error
    }

    fn tell(&self, info: &TaskInfo, state: TaskState<G>) {
        let node = G::Node::ALL[info.node];
        let part = TaskPart { id: info.id(), node, step: info.step, state };
        if self.shared.has(Mode::DEBUG) {
            let kind = DebugKind::Task(part.clone());
            let at = std::time::SystemTime::now();
            self.shared.push(Part::Debug(Box::new(DebugPart { step: info.step, at, kind })));
        }
        if self.shared.has(Mode::TASKS) {
            self.shared.push(Part::Task(part));
        }
    }

    fn input(&self, task: &G::Task) -> TaskInput<G> {
        if G::TOPOLOGY.nodes[G::node_of(task).index()].info.takes_input {
            TaskInput::Sent(task.clone())
        } else {
            TaskInput::State(self.state.clone())
        }
    }

    fn event_input(&self, task: &G::Task) -> EventData<G> {
        match self.input(task) {
            TaskInput::State(state) => EventData::State(state),
            TaskInput::Sent(task) => EventData::Sent(task),
        }
    }
}

/// Whether the state holds a message with this id.
fn holds<S: State>(state: &S, id: &str) -> bool {
    let mut found = false;
    state.visit_messages(&mut |messages| found |= messages.iter().any(|message| message.id() == id));
    found
}
