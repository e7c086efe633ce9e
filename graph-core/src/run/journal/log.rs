//! Where the records of a run go: to the thread's saver, or, in a subgraph, to the memory of the run around it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use uuid::Uuid;

use crate::checkpoint::{CheckpointError, Lease, Record, Remembered, RememberedKind, Saver, SealedRecord};
use crate::run::Memory;

/// A record that is being appended.
pub(super) type Appending = Pin<Box<dyn Future<Output = Result<(), CheckpointError>> + Send>>;

/// Where the records of a run go.
#[derive(Clone)]
pub(super) enum Log {
    Thread {
        saver: Saver,
        thread: Arc<str>,
        lease: Option<Arc<Lease>>,
    },
    /// A run inside a task: its records are pending records of the outermost run, and are dropped with that run's step.
    Subgraph(SubgraphLog),
}

/// The log of a subgraph's run.
#[derive(Clone)]
pub(crate) struct SubgraphLog {
    pub memory: Arc<Memory>,
    /// The task of the outermost run.
    pub task: usize,
    /// The run: the seed of its task ids.
    pub run: Uuid,
    pub graph: &'static str,
    pub thread: Arc<str>,
}

impl Log {
    pub(super) fn thread(&self) -> &Arc<str> {
        match self {
            Self::Thread { thread, .. } | Self::Subgraph(SubgraphLog { thread, .. }) => thread,
        }
    }

    /// Whether its checkpoints are streamed. Those of subgraphs are not: they are no checkpoints of the thread.
    pub(super) const fn is_shown(&self) -> bool {
        matches!(self, Self::Thread { .. })
    }

    pub(super) fn append(&self, record: Record) -> Appending {
        match self.clone() {
            Self::Thread { saver, thread, lease } => {
                Box::pin(async move { saver.append(&thread, record, lease.as_deref()).await })
            }
            Self::Subgraph(log) => Box::pin(async move { log.append(&record)?.await }),
        }
    }
}

impl SubgraphLog {
    /// Hands a record to the memory. The future is ready once it is saved.
    fn append(&self, record: &Record) -> Result<Appending, CheckpointError> {
        let value = record.seal()?.to_bytes(record.id);
        let (task, key, name) = (self.task, self.run, self.graph.to_owned());
        let saved = self.memory.remember(Remembered { task, kind: RememberedKind::Subgraph, key, name, value });
        Ok(Box::pin(async move {
            match saved.await {
                Ok(()) => Ok(()),
                // The run around it has failed by the error of its save.
                Err(_) => std::future::pending().await,
            }
        }))
    }

    /// What an earlier run has saved of this one.
    pub(super) fn records(&self) -> Result<Vec<Record>, CheckpointError> {
        let saved = self.memory.take_subgraph(self.run);
        saved.iter().map(|bytes| SealedRecord::open_bytes(bytes, &self.thread, self.run)).collect()
    }
}
