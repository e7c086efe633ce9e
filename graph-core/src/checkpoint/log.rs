//! What is saved of a thread.

use std::time::SystemTime;

use uuid::Uuid;

/// Where a saved step comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// An input was taken in.
    Input,
    /// A super-step ran.
    Loop,
}

/// One saved step: an entry of a thread's log.
///
/// The log is the truth: an entry holds what was written and what runs next, and now and then a snapshot of the whole
/// state. The state at any step is the last snapshot before it, with the writes since then folded in again; so a step
/// costs what was written, not what the state has grown to. Values are JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The id of the checkpoint; later ones are greater.
    pub id: Uuid,
    /// The entry that it follows; `None` for a thread's first.
    pub parent: Option<Uuid>,
    /// The step: 0 for the first input, 1 for the first nodes.
    pub step: i64,
    /// Where it comes from.
    pub source: Source,
    /// When it was saved.
    pub at: SystemTime,
    /// What the writes mean: a hash of the state's fields and reducers.
    pub fingerprint: u64,
    /// What was written, in the order in which it is applied.
    pub writes: Vec<Written>,
    /// The tasks that run next; then those of deferred nodes that are put aside while others run.
    pub next: Vec<Vec<u8>>,
    /// What has arrived at the graph's joins.
    pub arrived: Vec<Vec<bool>>,
    /// The whole state after this step, now and then.
    pub snapshot: Option<Vec<u8>>,
    /// What tasks wrote that had ended when their super-step failed: it is applied with the step, once a run that goes on
    /// with the thread has run the others. An entry with such writes is no step, and only stands for its parent.
    pub pending: Vec<Pending>,
}

/// What a task wrote whose super-step failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// The place of the task among the next ones of the step before.
    pub task: usize,
    /// What it wrote.
    pub write: Written,
}

/// What one task wrote, or what a run was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The node; `None` for an input.
    pub node: Option<String>,
    /// The state's update.
    pub update: Vec<u8>,
}
