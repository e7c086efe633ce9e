//! The records of a thread's log.

use std::borrow::Cow;
use std::time::SystemTime;

use uuid::Uuid;

/// What made a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Source {
    /// An input, which is not applied yet: START runs next.
    Input,
    /// A super-step, or the application of an input.
    Loop,
    /// Updates from outside, in the name of nodes.
    Update,
    /// A run that starts again from an earlier checkpoint.
    Fork,
}

impl Source {
    /// Its name, as in LangGraph: `input`, `loop`, `update`, `fork`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Loop => "loop",
            Self::Update => "update",
            Self::Fork => "fork",
        }
    }
}

/// A record of a thread's log: a step, or pending writes of a step that is not complete.
///
/// The log is the source of truth: the state after a step is the last snapshot before it, with the later updates
/// applied. So saving a step costs what was written, however large the state is.
///
/// A state and an update are encoded field by field, under Rust names; values are MessagePack.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Record {
    /// Later records have greater ids.
    pub id: Uuid,
    /// The log's last record when this one was made, `None` for an empty log: the compare-and-swap token of
    /// [`Checkpointer::append`](super::Checkpointer::append).
    pub after: Option<Uuid>,
    /// The subgraph, as [`Namespace`](crate::run::Namespace) displays it; empty for the graph itself.
    pub namespace: String,
    /// When it was made.
    pub at: SystemTime,
    /// A hash of the state's fields and reducers when it was made.
    pub fingerprint: u64,
    /// The content.
    pub kind: RecordKind,
}

/// The content of a record.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RecordKind {
    /// A checkpoint: the state after a super-step or an input, and what runs next.
    Step(StepRecord),
    /// What tasks of the step that follows `parent` have done so far. Their updates are applied with that step.
    Pending(PendingRecord),
}

/// A checkpoint; two if the step applies an input.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StepRecord {
    /// The previous checkpoint in the lineage.
    pub parent: Option<Uuid>,
    /// The id of the input's own checkpoint, if the step applies an input, which is its only update then.
    ///
    /// An input makes two checkpoints, as in LangGraph, and one record: the input's own, with the state before it and
    /// START next, whose parent is `parent`, whose step is `step - 1`, and whose source is [`Source::Input`]; and the
    /// record's, whose parent is the input's. A fork of the input's checkpoint applies the input again.
    pub input: Option<Uuid>,
    /// The step: 0 for the first applied input, 1 for the first nodes.
    pub step: i64,
    /// What made it.
    pub source: Source,
    /// The updates, in the order in which they are applied.
    pub writes: Vec<RecordedUpdate>,
    /// The tasks that run next, then those of deferred nodes.
    pub next: Vec<Vec<u8>>,
    /// The sources that have arrived at each of the graph's joins.
    pub arrived: Vec<Vec<bool>>,
    /// The whole state after this step, in some checkpoints.
    pub snapshot: Option<Vec<u8>>,
    /// The states of subgraphs with a memory of their own (`per_thread`) that have changed in this step; all of them where
    /// there is a snapshot.
    pub kept: Vec<KeptState>,
}

/// The state of a subgraph that a thread keeps between its calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptState {
    /// The place of the subgraph in the graph: a hash of the names of the nodes around it.
    pub key: Uuid,
    /// The name of the subgraph.
    pub graph: String,
    /// Its own fields.
    pub state: Vec<u8>,
}

/// The whole state after a step, for a checkpoint that was saved without a snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WholeState {
    /// The step's [`snapshot`](StepRecord::snapshot).
    pub snapshot: Vec<u8>,
    /// All states of subgraphs with a memory of their own: the step's [`kept`](StepRecord::kept).
    pub kept: Vec<KeptState>,
}

impl WholeState {
    /// A state without subgraphs that have a memory of their own.
    #[must_use]
    pub fn new(snapshot: Vec<u8>) -> Self {
        Self { snapshot, kept: Vec::new() }
    }
}

impl StepRecord {
    /// Adds the whole state after the step. One that has a snapshot keeps it. For savers.
    pub fn add_snapshot(&mut self, whole: WholeState) {
        if self.snapshot.is_none() {
            self.snapshot = Some(whole.snapshot);
            self.kept = whole.kept;
        }
    }
}

/// What tasks of a step that is not complete have done. Such a record is not a checkpoint.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PendingRecord {
    /// The checkpoint that the step follows.
    pub parent: Uuid,
    /// The step of the tasks.
    pub step: i64,
    /// The updates of finished tasks, one per task.
    pub writes: Vec<PendingWrite>,
    /// What the other tasks have asked and remembered.
    pub remembered: Vec<Remembered>,
}

/// What a task of a step that is not complete has asked or remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// The index of the task in the checkpoint's `next`.
    pub task: usize,
    /// What it is.
    pub kind: RememberedKind,
    /// What it belongs to: the id of an interrupt, a step of a node, a run of a subgraph.
    pub key: Uuid,
    /// The name of the interrupt or step, or the graph of the subgraph.
    pub name: String,
    /// What was asked, answered or returned; a record of a subgraph.
    pub value: Vec<u8>,
}

/// The kinds of [`Remembered`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RememberedKind {
    /// An interrupt, which waits for its answer.
    Interrupt,
    /// The answer to an interrupt.
    Answer,
    /// The result of a step of a node.
    Step,
    /// A record of a subgraph's run.
    Subgraph,
    /// The state of a subgraph with a memory of its own, after a call.
    Kept,
    /// The error of a task, as text in UTF-8.
    Error,
}

/// The update of one finished task.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingWrite {
    /// The index of the task in the checkpoint's `next`.
    pub task: usize,
    /// The update.
    pub write: RecordedUpdate,
    /// The route that the task has decided, if it has.
    pub route: Option<Vec<u8>>,
    /// The updates of the messages that the task has pushed, in order.
    pub pushed: Vec<Vec<u8>>,
}

/// The update of a task, or an input.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedUpdate {
    /// The node; `None` for an input.
    pub node: Option<Cow<'static, str>>,
    /// The state's update.
    pub update: Vec<u8>,
}

impl StepRecord {
    /// A checkpoint without updates, next tasks and snapshot.
    #[must_use]
    pub fn new(parent: Option<Uuid>, step: i64, source: Source) -> Self {
        let (writes, next, arrived) = (Vec::new(), Vec::new(), Vec::new());
        Self { parent, input: None, step, source, writes, next, arrived, snapshot: None, kept: Vec::new() }
    }
}

impl PendingRecord {
    /// Pending writes of `step`, which follows the checkpoint `parent`.
    #[must_use]
    pub fn new(parent: Uuid, step: i64, writes: Vec<PendingWrite>) -> Self {
        Self { parent, step, writes, remembered: Vec::new() }
    }
}

impl Record {
    /// A record of a checkpoint, made now.
    #[must_use]
    pub fn step(id: Uuid, after: Option<Uuid>, fingerprint: u64, step: StepRecord) -> Self {
        Self::new(id, after, fingerprint, RecordKind::Step(step))
    }

    /// A record of pending writes, made now.
    #[must_use]
    pub fn pending(id: Uuid, after: Option<Uuid>, fingerprint: u64, pending: PendingRecord) -> Self {
        Self::new(id, after, fingerprint, RecordKind::Pending(pending))
    }

    fn new(id: Uuid, after: Option<Uuid>, fingerprint: u64, kind: RecordKind) -> Self {
        Self::made(SystemTime::now(), id, after, fingerprint, kind)
    }

    pub(crate) fn made(at: SystemTime, id: Uuid, after: Option<Uuid>, fingerprint: u64, kind: RecordKind) -> Self {
        Self { id, after, namespace: String::new(), at, fingerprint, kind }
    }

    /// The super-step of the record.
    #[must_use]
    pub fn super_step(&self) -> i64 {
        match &self.kind {
            RecordKind::Step(step) => step.step,
            RecordKind::Pending(pending) => pending.step,
        }
    }

    /// The checkpoint, if it is one.
    #[must_use]
    pub fn as_step(&self) -> Option<&StepRecord> {
        match &self.kind {
            RecordKind::Step(step) => Some(step),
            RecordKind::Pending(_) => None,
        }
    }

    /// Whether it has a snapshot: the log can be read from here.
    #[must_use]
    pub fn has_snapshot(&self) -> bool {
        self.as_step().is_some_and(|step| step.snapshot.is_some())
    }
}
