//! What nodes say, on its way into the stream.

use std::sync::Arc;

use crate::cache::NodeCache;
use crate::context::{RunInfo, Signal, Sink, TaskId, TaskInfo};
use crate::graph::Graph;
use crate::message::MessageChunk;
use crate::model::ModelInfo;
use crate::run::engine::shared::{lock, node};
use crate::run::{Event, EventData, EventKind, MessageContent, Mode, Part, Shared, StreamedIds};

impl<G: Graph> Sink for Shared<G> {
    fn info(&self) -> &RunInfo {
        &self.info
    }

    fn cache(&self) -> Option<&Arc<dyn NodeCache>> {
        self.cache.as_ref()
    }

    fn wants(&self, modes: Mode) -> bool {
        self.has(modes)
    }

    fn is_full(&self) -> bool {
        self.has_parts()
    }

    fn mark_streamed(&self, message_id: &str) {
        if self.has(Mode::MESSAGES) {
            lock(&self.streamed_ids).insert(message_id.to_owned());
        }
    }

    fn chunk(&self, task: &TaskInfo, model: &Arc<ModelInfo>, chunk: MessageChunk) {
        if self.has(Mode::MESSAGES) {
            self.push(self.message(task, Some(model), MessageContent::Chunk(chunk)));
        }
    }

    fn modes_inside(&self) -> Mode {
        if self.has(Mode::SUBGRAPHS) { self.modes } else { Mode::none() }
    }

    fn next_call(&self, task: TaskId) -> u32 {
        let mut calls = lock(&self.calls);
        let count = calls.entry(task).or_insert(0);
        *count += 1;
        *count - 1
    }

    fn streamed_ids(&self) -> Option<StreamedIds> {
        Some(self.streamed_ids.clone())
    }

    fn signal(&self, task: &TaskInfo, signal: Signal) {
        self.push(Part::Event(Box::new(Event {
            kind: EventKind { of: signal.kind, phase: signal.phase },
            name: signal.name,
            run_id: signal.run_id,
            parent_ids: signal.parents,
            node: Some(node::<G>(task)),
            step: task.step,
            tags: signal.tags.iter().chain(self.info.tags.iter()).cloned().collect(),
            metadata: self.info.metadata.clone(),
            cached: false,
            input: signal.input.and_then(EventData::from_payload),
            data: EventData::from_payload(signal.payload),
        })));
    }
}
