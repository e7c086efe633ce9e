//! Where what happens inside a node goes.

use std::any::Any;
use std::sync::Arc;

use super::{Payload, RunInfo, SpanKind, TaskId, TaskInfo};
use crate::cache::NodeCache;
use crate::message::MessageChunk;
use crate::model::ModelInfo;
use crate::run::{Mode, Phase, StreamedIds};
use uuid::Uuid;

/// Something that happened in a span: its start, a piece of its output, its end, its error.
pub(crate) struct Signal {
    pub kind: SpanKind,
    pub phase: Phase,
    pub name: Arc<str>,
    pub run_id: Uuid,
    pub parents: Vec<Uuid>,
    pub tags: Arc<[String]>,
    pub payload: Payload,
    /// What the span was given, once it has ended.
    pub input: Option<Payload>,
}

/// The stream of a run, seen from inside a node, without the graph's types.
pub(crate) trait Sink: Any + Send + Sync {
    fn info(&self) -> &RunInfo;

    /// Where what cached nodes write is kept.
    fn cache(&self) -> Option<&Arc<dyn NodeCache>>;

    /// Whether anybody listens to any of these modes.
    fn wants(&self, modes: Mode) -> bool;

    /// Whether parts are waiting for the consumer.
    fn is_full(&self) -> bool;

    /// A model is about to speak under this message id.
    fn mark_streamed(&self, message_id: &str);

    /// A model said something.
    fn chunk(&self, task: &TaskInfo, model: &Arc<ModelInfo>, chunk: MessageChunk);

    /// The modes in which the graphs inside a task are heard.
    fn modes_inside(&self) -> Mode;

    /// How many graphs a task has run inside itself before this one.
    fn next_call(&self, task: TaskId) -> u32;

    /// The messages that have been streamed.
    fn streamed_ids(&self) -> Option<StreamedIds>;

    fn signal(&self, task: &TaskInfo, signal: Signal);
}
