//! The run and the task of a node.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::random::random_id;
use crate::run::{Around, Config, Memory};

/// The facts of a run, for its tasks.
#[derive(Clone)]
#[non_exhaustive]
pub struct RunInfo {
    /// The run's id.
    pub run_id: Uuid,
    /// The graph's name.
    pub graph: &'static str,
    /// The thread of the run, if it has one.
    pub thread_id: Option<Arc<str>>,
    /// The ids of the enclosing spans, outermost first; empty unless it is a child run.
    pub parents: Vec<Uuid>,
    pub(crate) config: Arc<Config>,
    /// The number of runs around this one.
    pub(crate) nesting: usize,
    /// The task around a child run whose parts are streamed.
    pub(crate) around: Option<Arc<Around>>,
    /// What the tasks of the current step remember; `None` without a thread.
    pub(crate) memory: Option<Arc<Memory>>,
    /// The place of the run among the nodes: nil for the outermost run, else a hash of the names of the nodes around it.
    pub(crate) path: Uuid,
    /// In a child run, the index of the outermost run's task.
    pub(crate) root_task: Option<usize>,
}

impl RunInfo {
    /// The index of the outermost run's task, for a task of this run.
    pub(crate) fn root_task(&self, task: &TaskInfo) -> usize {
        self.root_task.unwrap_or(task.index)
    }

    pub(crate) fn new(graph: &'static str, thread_id: Option<Arc<str>>, config: Arc<Config>) -> Self {
        let (parents, nesting) = (Vec::new(), 0);
        let memory = thread_id.is_some().then(Arc::default);
        let (run_id, path) = (random_id(), Uuid::nil());
        Self { run_id, graph, thread_id, parents, config, nesting, around: None, memory, path, root_task: None }
    }

    /// The memory, if this run keeps it: the outermost one does.
    pub(crate) fn own_memory(&self) -> Option<&Arc<Memory>> {
        self.memory.as_ref().filter(|_| self.root_task.is_none())
    }

    /// The tags of the run.
    #[must_use]
    pub fn tags(&self) -> &[String] {
        &self.config.tags
    }

    /// The metadata of the run.
    #[must_use]
    pub fn metadata(&self) -> &Map<String, Value> {
        &self.config.metadata
    }

    /// The maximum number of super-steps of the run.
    #[must_use]
    pub fn recursion_limit(&self) -> usize {
        self.config.recursion_limit
    }

    /// The maximum number of runs inside each other, below the outermost one.
    #[must_use]
    pub fn nesting_limit(&self) -> usize {
        self.config.nesting_limit
    }

    /// The maximum number of tasks of a super-step that run at the same time.
    #[must_use]
    pub fn max_concurrency(&self) -> usize {
        self.config.max_concurrency
    }
}

impl fmt::Debug for RunInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { run_id, graph, thread_id, parents, .. } = self;
        let mut out = f.debug_struct("RunInfo");
        out.field("run_id", run_id).field("graph", graph).field("thread_id", thread_id).field("parents", parents);
        out.field("tags", &self.tags()).field("metadata", &self.metadata()).finish_non_exhaustive()
    }
}

/// The prefix of a handler's name in the stream, followed by the node's name: LangGraph's own.
pub(crate) const HANDLER: &str = "__error_handler__";

/// What produced a task's update: node, cache or handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProducedBy {
    /// The node.
    Node,
    /// The cache.
    Cache,
    /// The error handler of the node.
    Handler,
}

impl ProducedBy {
    /// The task, as the stream shows it.
    pub(crate) fn streamed(self, task: TaskInfo) -> TaskInfo {
        if self == Self::Handler { task.handler() } else { TaskInfo { produced_by: self, ..task } }
    }
}

/// One task of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TaskInfo {
    /// The node's index in the graph.
    pub node: usize,
    /// The node's name.
    pub name: &'static str,
    /// The super-step.
    pub step: i64,
    /// The number of super-steps that the run has taken, including this one.
    pub steps_taken: usize,
    /// The task's index in its super-step.
    pub index: usize,
    /// The attempt, counted from 1.
    pub attempt: u32,
    pub produced_by: ProducedBy,
    /// The seed of the task's id.
    pub seed: Uuid,
    /// The task's id in events; nil unless events are streamed.
    pub span: Uuid,
    /// The task's id, once it has been computed.
    pub id: Option<TaskId>,
}

impl TaskInfo {
    /// The info of no task: for code outside the tasks, and where the task is set later.
    pub(crate) fn placeholder() -> Self {
        let (node, name, step, steps_taken, index, nil) = (0, "", 0, 0, 0, Uuid::nil());
        Self {
            node,
            name,
            step,
            steps_taken,
            index,
            attempt: 1,
            produced_by: ProducedBy::Node,
            seed: nil,
            span: nil,
            id: None,
        }
    }

    /// The task of the node's error handler: a separate task in the stream.
    pub(crate) fn handler(&self) -> Self {
        let name = format!("{HANDLER}{}", self.name);
        // The span is nil unless events are streamed.
        let span = if self.span.is_nil() { self.span } else { TaskId::new(self.span, self.step, &name, self.index).0 };
        let id = Some(TaskId::new(self.seed, self.step, &name, self.index));
        Self { id, span, produced_by: ProducedBy::Handler, attempt: 1, ..*self }
    }

    pub(crate) fn id(&self) -> TaskId {
        self.id.unwrap_or_else(|| TaskId::new(self.seed, self.step, self.name, self.index))
    }
}

/// The id of a task: the same whenever the same saved step runs it, so that it can serve as an idempotency key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(Uuid);

impl TaskId {
    /// Hashes what identifies a task: 128-bit FNV-1a over the saved step, the node's name and the task's index.
    pub(crate) fn new(seed: Uuid, step: i64, node: &str, index: usize) -> Self {
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        let index = index as u64;
        let parts: [&[u8]; 4] =
            [&seed.as_u128().to_le_bytes(), &step.to_le_bytes(), node.as_bytes(), &index.to_le_bytes()];
        for byte in parts.into_iter().flatten() {
            hash = (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
        }
        Self(Uuid::from_u128(hash))
    }
}

impl TaskId {
    pub(crate) const fn uuid(self) -> Uuid {
        self.0
    }

    /// The place of a task in the keys of what is remembered inside a call of a task function.
    pub(crate) const fn of_call(key: Uuid) -> Self {
        Self(key)
    }

    /// The key of what the task asks or remembers under a name, for the `ordinal`-th time.
    pub(crate) fn key(self, name: &str, ordinal: u32) -> Uuid {
        Self::new(self.0, -1, name, ordinal as usize).0
    }

    /// The seed of the ids of tasks in one of its child runs.
    pub(crate) fn seed(self, call: u32) -> Uuid {
        if call == 0 { self.0 } else { Self::new(self.0, 0, "", call as usize).0 }
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for TaskId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::{TaskId, Uuid};

    #[test]
    fn a_task_id_depends_on_all_that_makes_the_task() {
        let seed = Uuid::from_u128;
        let id = TaskId::new(seed(7), 1, "ask", 0);
        assert_eq!(id, TaskId::new(seed(7), 1, "ask", 0));
        for other in [(8, 1, "ask", 0), (7, 2, "ask", 0), (7, 1, "asks", 0), (7, 1, "ask", 1)] {
            assert_ne!(id, TaskId::new(seed(other.0), other.1, other.2, other.3));
        }
    }
}
