//! Checkpoints without types.

use std::sync::Arc;
use std::time::SystemTime;

use serde_json::Value;
use uuid::Uuid;

use crate::checkpoint::Source;
use crate::context::TaskId;
use crate::graph::GraphNode;
use crate::interrupt::{GraphInterrupt as _, InterruptId, Waiting};
use crate::run::JsonGraph;
use crate::run::json::{next_names, snapshot_values};
use crate::thread::{Snapshot, SnapshotTask};

/// A checkpoint of a thread, without types: see [`Snapshot`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ErasedSnapshot {
    /// The state; without late fields that have no value.
    pub values: Value,
    /// The nodes that run next; `__start__` in an input's own checkpoint.
    pub next: Vec<&'static str>,
    /// The tasks of the next step.
    pub tasks: Vec<ErasedTask>,
    /// The step: -1 for the first input.
    pub step: i64,
    /// What made it.
    pub source: Source,
    /// Its id; `None` for a thread without checkpoints.
    pub id: Option<Uuid>,
    /// The previous one in the lineage.
    pub parent: Option<Uuid>,
    /// The thread.
    pub thread_id: Arc<str>,
    /// When it was saved.
    pub at: SystemTime,
}

/// A task of a checkpoint's next step, without types.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ErasedTask {
    /// Its id.
    pub id: TaskId,
    /// Its node.
    pub node: &'static str,
    /// Whether it has ended: it does not run again.
    pub is_done: bool,
    /// Its error in the last run that tried the step, if it failed.
    pub error: Option<String>,
    /// What it asks.
    pub interrupts: Vec<ErasedInterrupt>,
}

/// A question that waits for its answer, without types.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ErasedInterrupt {
    /// Its id.
    pub id: InterruptId,
    /// What it asks.
    pub value: Value,
}

impl ErasedSnapshot {
    pub(super) fn of<G: JsonGraph>(snapshot: &Snapshot<G>) -> Result<Self, serde_json::Error> {
        Ok(Self {
            values: snapshot_values(snapshot)?,
            next: next_names(snapshot),
            tasks: snapshot.tasks.iter().map(ErasedTask::of).collect::<Result<_, _>>()?,
            step: snapshot.step,
            source: snapshot.source,
            id: snapshot.id,
            parent: snapshot.parent,
            thread_id: snapshot.thread_id.clone(),
            at: snapshot.at,
        })
    }

    /// What waits for an answer, in the order of the tasks.
    pub fn interrupts(&self) -> impl Iterator<Item = &ErasedInterrupt> {
        self.tasks.iter().flat_map(|task| &task.interrupts)
    }
}

impl ErasedTask {
    fn of<G: JsonGraph>(task: &SnapshotTask<G>) -> Result<Self, serde_json::Error> {
        let interrupts = task.interrupts.iter().map(ErasedInterrupt::of).collect::<Result<_, _>>()?;
        Ok(Self { id: task.id, node: task.node.name(), is_done: task.is_done, error: task.error.clone(), interrupts })
    }
}

impl ErasedInterrupt {
    pub(super) fn of<G: JsonGraph>(waiting: &Waiting<G>) -> Result<Self, serde_json::Error> {
        Ok(Self { id: waiting.id, value: waiting.value.to_json()? })
    }
}
