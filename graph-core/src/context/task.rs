//! Which run and which task a node is running in.

use std::fmt;

use serde_json::{Map, Value};
use uuid::Uuid;

/// What the tasks of one run have in common.
#[derive(Clone, Debug)]
pub struct RunInfo {
    /// The run's own id.
    pub run_id: Uuid,
    /// The graph's name.
    pub graph: &'static str,
    /// The thread that the run goes on with, if it is a durable one.
    pub thread_id: Option<std::sync::Arc<str>>,
    /// The tags of the run.
    pub tags: std::sync::Arc<[String]>,
    /// The metadata of the run.
    pub metadata: std::sync::Arc<Map<String, Value>>,
    /// How many super-steps the run may take.
    pub recursion_limit: usize,
    /// How many tasks of a super-step may run at the same time.
    pub max_concurrency: usize,
    /// Whether a failed task leaves the others of its super-step alone.
    pub isolate: bool,
    /// The ids of the spans around it, outermost first: none but for a run inside a task of another run.
    pub parents: std::sync::Arc<[Uuid]>,
}

/// What stands before a node's name, and names the handler of its errors in the stream: LangGraph's own word.
pub(crate) const HANDLER: &str = "__error_handler__";

/// Whence what a task writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// Its node has run.
    Node,
    /// It was in the cache.
    Cache,
    /// The handler of the node's errors has run.
    Handler,
}

impl By {
    /// The task as the stream is told of it.
    pub(crate) fn told(self, task: TaskInfo) -> TaskInfo {
        if self == Self::Handler { task.handler() } else { TaskInfo { by: self, ..task } }
    }
}

/// The place of one task in a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TaskInfo {
    /// The node's place in the graph.
    pub node: usize,
    /// The node's name.
    pub name: &'static str,
    /// The super-step.
    pub step: i64,
    /// How many super-steps the run has taken, this one included.
    pub taken: usize,
    /// The task's place among those of its super-step.
    pub index: usize,
    /// Which attempt it is, counted from 1.
    pub attempt: u32,
    /// Whence what it writes.
    pub by: By,
    /// What the task's id is computed from.
    pub seed: Uuid,
    /// The id of the task in the events; nil where nobody listens to events.
    pub span: Uuid,
    /// The task's id, where it has been computed.
    pub id: Option<TaskId>,
}

impl TaskInfo {
    /// The place of what runs in no task.
    pub(crate) fn nowhere() -> Self {
        let (node, name, step, taken, index, nil) = (0, "", 0, 0, 0, Uuid::nil());
        Self { node, name, step, taken, index, attempt: 1, by: By::Node, seed: nil, span: nil, id: None }
    }

    /// The task of the handler of the node's errors, which is told of as one of its own.
    pub(crate) fn handler(&self) -> Self {
        let name = format!("{HANDLER}{}", self.name);
        // Each run has spans of its own; one that nobody listens to is nil.
        let span = if self.span.is_nil() { self.span } else { TaskId::new(self.span, self.step, &name, self.index).0 };
        let id = Some(TaskId::new(self.seed, self.step, &name, self.index));
        Self { id, span, by: By::Handler, attempt: 1, ..*self }
    }

    pub(crate) fn id(&self) -> TaskId {
        self.id.unwrap_or_else(|| TaskId::new(self.seed, self.step, self.name, self.index))
    }
}

/// The id of a task: the same for the same task of the same saved step, so that it can serve as an idempotency key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(Uuid);

impl TaskId {
    /// Hashes what makes a task what it is: 128-bit FNV-1a over the saved step, the node's name and the task's place.
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
    /// What the ids of tasks inside this one are computed from, in one of the graphs that it runs.
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
