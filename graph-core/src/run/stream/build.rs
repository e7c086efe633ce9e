//! Building parts from the facts of a run and a task.

use std::sync::Arc;
use std::time::SystemTime;

use uuid::Uuid;

use crate::context::{HANDLER, ProducedBy, SpanKind, TaskInfo};
use crate::graph::{Graph, GraphNode};
use crate::model::ModelInfo;
use crate::run::stream::place::Place;
use crate::run::{
    CustomPart, DebugKind, DebugPart, Event, EventData, EventKind, MessageContent, MessagePart, Mode, Part, Phase,
    Pushed, PushedPart, Shared, TaskPart, TaskResultPart, TaskState, ToolPart,
};
use crate::tool::{ToolEvent, ToolScope};

/// The node of a task.
pub(in crate::run) fn node<G: Graph>(task: &TaskInfo) -> G::Node {
    G::Node::ALL[task.node]
}

impl<G: Graph> Shared<G> {
    /// Streams a custom event.
    pub(crate) fn emit_custom(&self, task: &TaskInfo, event: G::Custom) {
        if self.has(Mode::EVENTS) {
            let data = EventData::Custom(event.clone());
            self.outbox.push(self.event(Some(task), SpanKind::Custom, Phase::Stream, None, Some(data)));
        }
        if self.has(Mode::CUSTOM) {
            self.outbox.push(Part::Custom(CustomPart {
                event,
                node: node::<G>(task),
                step: task.step,
                task: task.id(),
                attempt: task.attempt,
            }));
        }
    }

    /// Streams the result of a task.
    pub(crate) fn emit_task_result(&self, task: &TaskInfo, result: G::TaskResult) {
        if self.has(Mode::UPDATES) {
            self.outbox.push(TaskResultPart::of(task, result));
        }
    }

    /// An event of the graph (without a task) or of a node.
    pub(in crate::run) fn event(
        &self,
        task: Option<&TaskInfo>,
        of: SpanKind,
        phase: Phase,
        input: Option<EventData<G>>,
        data: Option<EventData<G>>,
    ) -> Part<G> {
        let root = self.info.run_id;
        let (name, run_id, parent_ids, tags) = match task {
            None => (G::NAME, root, self.info.parents.clone(), Vec::new()),
            Some(task) => (
                task.name,
                task.span,
                self.info.parents.iter().copied().chain([root]).collect(),
                vec![format!("graph:step:{}", task.step)],
            ),
        };
        let place = match task {
            Some(task) => Some(self.place(task)),
            None => self.info.around.as_ref().map(|around| around.place.clone()),
        };
        Part::Event(Box::new(Event {
            kind: EventKind { of, phase },
            name: match task {
                Some(TaskInfo { produced_by: ProducedBy::Handler, .. }) => format!("{HANDLER}{name}").into(),
                _ => name.into(),
            },
            run_id,
            parent_ids,
            node: task.map(node::<G>),
            step: place.as_ref().map_or(0, |place| place.step),
            place,
            tags: tags.into_iter().chain(self.info.tags().iter().cloned()).collect(),
            metadata: self.info.config.metadata.clone(),
            cached: task.is_some_and(|task| task.produced_by == ProducedBy::Cache),
            input,
            data,
        }))
    }

    /// The place of a task.
    pub(in crate::run) fn place(&self, task: &TaskInfo) -> Place {
        Place::of::<G>(task, self.info.around.as_ref().map(|around| &around.namespace))
    }

    /// The id of a new span; nil unless events are streamed.
    pub(in crate::run) fn span_id(&self) -> Uuid {
        if self.has(Mode::EVENTS) { Uuid::new_v4() } else { Uuid::nil() }
    }

    pub(in crate::run) fn message(
        &self,
        task: &TaskInfo,
        model: Option<&Arc<ModelInfo>>,
        content: MessageContent,
    ) -> Part<G> {
        Part::Message(MessagePart {
            content,
            node: node::<G>(task),
            step: task.step,
            task: task.id(),
            attempt: task.attempt,
            model: model.cloned(),
            thread_id: self.info.thread_id.clone(),
            metadata: self.info.config.metadata.clone(),
            place: self.place(task),
        })
    }

    /// A state of a task as a part of `tasks` mode.
    #[expect(clippy::unused_self, reason = "like the other parts")]
    pub(super) fn task(&self, info: &TaskInfo, state: TaskState<G>) -> TaskPart<G> {
        let is_handler = info.produced_by == ProducedBy::Handler;
        let handler = is_handler.then(|| G::TOPOLOGY.nodes[info.node].info.policy.on_error).flatten();
        let handler = handler.map(|handler| handler.name);
        TaskPart { id: info.id(), node: node::<G>(info), handler, step: info.step, state }
    }
}

impl<G: Graph> PushedPart<G> {
    pub(super) fn of(pushed: &Pushed<G>) -> Part<G> {
        Part::Pushed(Self {
            message: pushed.message.clone(),
            field: pushed.field,
            node: node::<G>(&pushed.task),
            step: pushed.task.step,
            task: pushed.task.id(),
            attempt: pushed.task.attempt,
        })
    }
}

impl<G: Graph> TaskResultPart<G> {
    pub(in crate::run) fn of(task: &TaskInfo, result: G::TaskResult) -> Part<G> {
        let (node, step, attempt) = (node::<G>(task), task.step, task.attempt);
        Part::TaskResult(Self { result, node, step, task: task.id(), attempt })
    }
}

impl<G: Graph> ToolPart<G> {
    pub(in crate::run) fn of(task: &TaskInfo, call: &ToolScope, event: ToolEvent) -> Part<G> {
        Part::Tool(Self {
            event,
            call_id: call.id.clone(),
            name: call.name.clone(),
            node: node::<G>(task),
            step: task.step,
            task: task.id(),
            attempt: task.attempt,
        })
    }
}

impl<G: Graph> DebugPart<G> {
    /// The node of a task.
    pub(super) fn node(&self) -> Option<G::Node> {
        match &self.kind {
            DebugKind::Task(task) => Some(task.node),
            DebugKind::Checkpoint(_) => None,
        }
    }

    pub(super) fn of(step: i64, at: SystemTime, kind: DebugKind<G>) -> Part<G> {
        Part::Debug(Box::new(Self { step, at, kind }))
    }
}
