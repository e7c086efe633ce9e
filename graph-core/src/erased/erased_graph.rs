//! The handle of a graph without its types.

use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::any_graph::AnyGraph;
use super::{Erasable, ErasedError, ErasedHistory, ErasedSnapshot, ErasedStream, RunRequest};
use crate::checkpoint::HistoryQuery;
use crate::graph::Topology;
use crate::thread::DurableApp;

/// A graph without its types: see the [module](super). Clones share it.
#[derive(Clone)]
pub struct ErasedGraph(Arc<dyn AnyGraph>);

impl ErasedGraph {
    /// Takes the types off an app.
    #[must_use]
    pub fn new<G: Erasable>(app: DurableApp<G>) -> Self {
        Self(Arc::new(app))
    }

    /// The name of the graph's type.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// The nodes and edges.
    #[must_use]
    pub fn topology(&self) -> &'static Topology {
        self.0.topology()
    }

    /// Decodes a run and opens its stream, which drives it. Nothing of the graph runs before the stream is polled.
    ///
    /// # Errors
    /// Input, context or answers do not fit, or name no node of the graph: then nothing is run, and the thread is as it was.
    pub async fn run(&self, request: RunRequest) -> Result<ErasedStream, ErasedError> {
        self.0.run(request).await
    }

    /// A thread's state; at a checkpoint, or the newest one. The initial state if the thread does not exist.
    ///
    /// # Errors
    /// The checkpointer failed, there is no such checkpoint, or the saved values no longer fit the graph.
    pub async fn state(&self, thread: &str, at: Option<Uuid>) -> Result<ErasedSnapshot, ErasedError> {
        self.0.state(thread, at).await
    }

    /// The checkpoints of a thread, newest first, that a query selects.
    pub fn history(&self, thread: &str, query: &HistoryQuery) -> ErasedHistory {
        self.0.history(thread, query)
    }

    /// Writes an update in the name of a node: see [`Thread::update`](crate::thread::Thread::update). `update` has the form
    /// in which `updates` mode shows what the node has written.
    ///
    /// # Errors
    /// There is no such node, it does not write such an update, or those of [`Thread::update`](crate::thread::Thread::update).
    pub async fn update(
        &self,
        thread: &str,
        at: Option<Uuid>,
        node: &str,
        update: Value,
    ) -> Result<ErasedSnapshot, ErasedError> {
        self.0.update(thread, at, node, update).await
    }
}

impl std::fmt::Debug for ErasedGraph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ErasedGraph").field("graph", &self.name()).finish_non_exhaustive()
    }
}
