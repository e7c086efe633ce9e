//! The connection from nodes to the run's stream.

use std::any::Any;
use std::sync::Arc;

use super::{Payload, RunInfo, SpanKind, TaskId, TaskInfo};
use crate::cache::NodeCache;
use crate::checkpoint::Remembered;
use crate::message::MessageChunk;
use crate::model::ModelInfo;
use crate::run::{Mode, Phase, StreamedIds};
use crate::tool::{ToolEvent, ToolScope};
use uuid::Uuid;

/// A change of a span: its start, a chunk, its end, its error.
pub(crate) struct Signal {
    pub kind: SpanKind,
    pub phase: Phase,
    pub name: Arc<str>,
    pub run_id: Uuid,
    pub parents: Vec<Uuid>,
    pub tags: Arc<[String]>,
    pub payload: Payload,
    /// The span's input, once it has ended.
    pub input: Option<Payload>,
}

/// The stream of a run, for nodes: without the graph's types.
pub(crate) trait Sink: Any + Send + Sync {
    fn info(&self) -> &RunInfo;

    /// The app's cache, if any.
    fn cache(&self) -> Option<&Arc<dyn NodeCache>>;

    /// Whether any of these modes is streamed.
    fn wants(&self, modes: Mode) -> bool;

    /// Whether parts are waiting for the consumer.
    fn has_parts(&self) -> bool;

    /// A model starts a reply with this message id.
    fn mark_streamed(&self, message_id: &str);

    /// A model has produced a chunk.
    fn chunk(&self, task: &TaskInfo, model: &Arc<ModelInfo>, chunk: MessageChunk);

    /// The modes streamed from child runs.
    fn child_modes(&self) -> Mode;

    /// The number of child runs that a task has started before.
    fn next_call(&self, task: TaskId) -> u32;

    /// The ids of streamed messages.
    fn streamed_ids(&self) -> Option<StreamedIds>;

    fn signal(&self, task: &TaskInfo, signal: Signal);

    /// The task asks, itself or in a subgraph, and ends without a result.
    fn suspend(&self, task: &TaskInfo, asked: Vec<Arc<Remembered>>);

    /// Something has happened to a tool call.
    fn tool(&self, task: &TaskInfo, call: &ToolScope, event: ToolEvent);
}
