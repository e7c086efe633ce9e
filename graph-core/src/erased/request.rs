//! What a run without types is asked to do.

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::checkpoint::Lease;
use crate::run::Mode;
use crate::thread::Durability;

/// A run of an [`ErasedGraph`](super::ErasedGraph): its thread, how it starts, and what is streamed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RunRequest {
    /// The thread.
    pub thread: String,
    /// The checkpoint from which the run starts a new branch; `None` for the newest one, without a branch.
    pub at: Option<Uuid>,
    /// How it starts.
    pub start: StartWith,
    /// The context of the run, if the graph declares one: see [`Run::context`](crate::run::Run::context). Null is an object
    /// without fields.
    pub context: Value,
    /// What is streamed; nothing by default.
    pub modes: Mode,
    /// Whether parts of subgraphs are streamed, too.
    pub subgraphs: bool,
    /// The nodes before which the run stops.
    pub interrupt_before: Nodes,
    /// The nodes after which the run stops.
    pub interrupt_after: Nodes,
    /// When the run is saved; `None` for what the app says.
    pub durability: Option<Durability>,
    /// The maximum number of super-steps; `None` for what the app says.
    pub recursion_limit: Option<usize>,
    /// Tags of the run's events.
    pub tags: Vec<String>,
    /// Metadata of the run's events and messages.
    pub metadata: Map<String, Value>,
    /// The lease under which the run is saved: see [`Thread::with_lease`](crate::thread::Thread::with_lease).
    pub lease: Option<Lease>,
}

/// How a run starts.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StartWith {
    /// At START, with this input.
    Input(Value),
    /// Where the thread's last run stopped.
    Continue,
    /// The same, with answers to the interrupts that wait: an object whose keys are ids of interrupts that wait has an
    /// answer for each; anything else is the answer to the only one. If none waits, the thread is continued.
    Resume(Value),
}

/// Some nodes of a graph, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Nodes {
    /// None; the app's own breakpoints hold.
    #[default]
    None,
    /// All.
    All,
    /// These.
    Named(Vec<String>),
}

impl RunRequest {
    /// A run on a thread that streams nothing.
    #[must_use]
    pub fn new(thread: impl Into<String>, start: StartWith) -> Self {
        Self {
            thread: thread.into(),
            at: None,
            start,
            context: Value::Null,
            modes: Mode::none(),
            subgraphs: false,
            interrupt_before: Nodes::None,
            interrupt_after: Nodes::None,
            durability: None,
            recursion_limit: None,
            tags: Vec::new(),
            metadata: Map::new(),
            lease: None,
        }
    }

    /// A run from START with this input.
    #[must_use]
    pub fn input(thread: impl Into<String>, input: Value) -> Self {
        Self::new(thread, StartWith::Input(input))
    }

    /// A run that continues a thread with this answer, or these answers: see [`StartWith::Resume`].
    #[must_use]
    pub fn resume(thread: impl Into<String>, answer: Value) -> Self {
        Self::new(thread, StartWith::Resume(answer))
    }

    /// What is streamed.
    #[must_use]
    pub fn modes(mut self, modes: Mode) -> Self {
        self.modes = modes;
        self
    }
}
