//! The state of a subgraph that its thread keeps between calls: `per_thread child;` in `graph!`.

use std::sync::Arc;

use uuid::Uuid;

use crate::checkpoint::{CheckpointError, Place, Remembered, RememberedKind};
use crate::context::{Context, RunInfo, TaskId};
use crate::error::{Error, Result};
use crate::graph::{Graph, SubgraphMemory};
use crate::node::{NodeError, NodeResult};
use crate::run::Memory;

/// Where a thread keeps the state of a subgraph.
pub(crate) struct KeptPlace {
    memory: Arc<Memory>,
    thread: Arc<str>,
    key: Uuid,
    /// The task of the outermost run.
    task: usize,
    step: i64,
    checkpoint: Uuid,
}

/// The place of a run inside a task: a hash of the names of the nodes around it, which is the same on every call.
pub(super) fn path(outer: &RunInfo, node: &str, call: u32) -> Uuid {
    TaskId::new(outer.path, 0, node, call as usize).uuid()
}

impl KeptPlace {
    /// The place for the subgraph that runs in the task of a context; `None` without a thread, and for one whose state is not
    /// kept.
    pub(crate) fn of<P: Graph>(cx: &Context<P>) -> Option<Self> {
        let (run, task) = (cx.run(), &cx.run.task);
        if P::TOPOLOGY.nodes[task.node].memory != SubgraphMemory::PerThread {
            return None;
        }
        let (memory, thread) = (run.memory.clone()?, run.thread_id.clone()?);
        let key = path(run, task.name, 0);
        Some(Self { memory, thread, key, task: run.root_task(task), step: task.step, checkpoint: task.seed })
    }

    /// The state that the last call has left.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn load<C: Graph>(&self) -> Result<Option<C::State>> {
        let Some((bytes, form)) = self.memory.kept(self.key).zip(C::SAVED_FORM) else { return Ok(None) };
        let place = Place { thread: &self.thread, checkpoint: self.checkpoint, step: self.step };
        Ok(Some(form.codec().decode_state(&bytes, place).map_err(Error::from)?))
    }

    /// Saves the state for the next call, before the task ends.
    pub(crate) async fn save<C: Graph>(self, own: C::State) -> NodeResult<()> {
        let Some(form) = C::SAVED_FORM else { return Ok(()) };
        let value =
            form.codec().encode_state(&own).map_err(|error: CheckpointError| NodeError::from(Error::from(error)))?;
        let (name, kind) = (C::NAME.to_owned(), RememberedKind::Kept);
        let saved = self.memory.remember(Remembered { task: self.task, kind, key: self.key, name, value });
        match saved.await {
            Ok(()) => Ok(()),
            // The run fails by the error of its save.
            Err(_) => std::future::pending().await,
        }
    }
}
