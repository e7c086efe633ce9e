//! The connection from a node's context to the run's outbox.

use std::sync::Arc;

use super::reports::Report;
use crate::cache::NodeCache;
use crate::checkpoint::Remembered;
use crate::context::{RunInfo, Signal, Sink, TaskId, TaskInfo};
use crate::graph::Graph;
use crate::message::MessageChunk;
use crate::model::ModelInfo;
use crate::run::stream::build::node;
use crate::run::{Event, EventData, EventKind, MessageContent, Mode, Part, Shared, StreamedIds, ToolPart};
use crate::tool::{ToolEvent, ToolScope};

impl<G: Graph> Sink for Shared<G> {
    fn info(&self) -> &RunInfo {
        &self.info
    }

    fn cache(&self) -> Option<&Arc<dyn NodeCache>> {
        Shared::cache(self)
    }

    fn wants(&self, modes: Mode) -> bool {
        self.has(modes)
    }

    fn has_parts(&self) -> bool {
        self.outbox.has_parts()
    }

    fn mark_streamed(&self, message_id: &str) {
        Shared::mark_streamed(self, message_id);
    }

    fn chunk(&self, task: &TaskInfo, model: &Arc<ModelInfo>, chunk: MessageChunk) {
        if self.has(Mode::MESSAGES) {
            self.outbox.push(self.message(task, Some(model), MessageContent::Chunk(chunk)));
        }
    }

    fn child_modes(&self) -> Mode {
        if self.has(Mode::SUBGRAPHS) { self.modes } else { Mode::none() }
    }

    fn next_call(&self, task: TaskId) -> u32 {
        Shared::next_call(self, task)
    }

    fn streamed_ids(&self) -> Option<StreamedIds> {
        self.streamed_ids.clone()
    }

    fn suspend(&self, task: &TaskInfo, asked: Vec<Arc<Remembered>>) {
        self.reports.push(Report::Asked(*task, asked));
        // On another thread, the run may be asleep.
        self.outbox.wake();
    }

    fn tool(&self, task: &TaskInfo, call: &ToolScope, event: ToolEvent) {
        if self.has(Mode::TOOLS) {
            self.outbox.push(ToolPart::of(task, call, event));
        }
    }

    fn signal(&self, task: &TaskInfo, signal: Signal) {
        self.outbox.push(Part::Event(Box::new(Event {
            kind: EventKind { of: signal.kind, phase: signal.phase },
            name: signal.name,
            run_id: signal.run_id,
            parent_ids: signal.parents,
            node: Some(node::<G>(task)),
            step: task.step,
            place: Some(self.place(task)),
            tags: signal.tags.iter().chain(self.info.tags().iter()).cloned().collect(),
            metadata: self.info.config.metadata.clone(),
            cached: false,
            input: signal.input.and_then(EventData::from_payload),
            data: EventData::from_payload(signal.payload),
        })));
    }
}
