//! What a run ends with when it does not end well.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::node::NodeError;

/// The result of a run.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a run ended without its final state.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A node returned an error. Nothing of its super-step was applied.
    #[error("node `{node}` of `{graph}` failed in step {step}{}: {source}", attempt_text(*attempt))]
    Node {
        /// The graph.
        graph: &'static str,
        /// The node.
        node: &'static str,
        /// The super-step.
        step: i64,
        /// Which attempt it was, counted from 1.
        attempt: u32,
        /// What the node returned.
        #[source]
        source: Failure,
    },
    /// A node or a router panicked. Nothing of its super-step was applied.
    #[error("{what} of `{graph}` panicked in step {step}: {message}")]
    Panic {
        /// The graph.
        graph: &'static str,
        /// The node, or the router of a node.
        what: String,
        /// The super-step.
        step: i64,
        /// What it panicked with.
        message: String,
    },
    /// The run took as many super-steps as it may, and nodes were still waiting to run.
    #[error("`{graph}` did not end within {limit} steps; still waiting to run: {}; raise the limit with `.recursion_limit(..)`", active.join(", "))]
    RecursionLimit {
        /// The graph.
        graph: &'static str,
        /// How many super-steps the run was allowed.
        limit: usize,
        /// The nodes that would have run next.
        active: Vec<&'static str>,
    },
    /// The run took longer than it may.
    #[error("`{graph}` did not end within {after:?}")]
    Deadline {
        /// The graph.
        graph: &'static str,
        /// How long the run was allowed.
        after: Duration,
    },
    /// The run was cancelled through its handle.
    #[error("the run of `{graph}` was cancelled")]
    Cancelled {
        /// The graph.
        graph: &'static str,
    },
    /// The run stopped at a breakpoint, as it was asked to, and was awaited for its final state. It is saved, and
    /// [`continue_run`](crate::thread::Thread::continue_run) goes on; [`outcome`](crate::run::Run::outcome) gives this
    /// without an error.
    #[error(
        "`{graph}` stopped {} in step {step}, as it was asked to; `continue_run` goes on",
        stops_text(after, before)
    )]
    Breakpoint {
        /// The graph.
        graph: &'static str,
        /// The nodes that it stopped after.
        after: Vec<&'static str>,
        /// The nodes that it stopped before.
        before: Vec<&'static str>,
        /// The super-step that it stopped behind.
        step: i64,
    },
    /// The run was drained through its handle: it ended at a super-step boundary. What a thread had done is saved.
    #[error("the run of `{graph}` was drained after step {step}, before {}; {}", quoted(next), drained_text(thread.as_deref()))]
    Drained {
        /// The graph.
        graph: &'static str,
        /// The thread, which goes on with [`continue_run`](crate::thread::Thread::continue_run); `None` of a run
        /// without one, which has lost what it had done.
        thread: Option<String>,
        /// The super-step that it was drained behind.
        step: i64,
        /// The nodes that would have run next.
        next: Vec<&'static str>,
    },
    /// The stream was asked for its output before it had ended.
    #[error("the run of `{graph}` has not ended: read its stream to the end first")]
    NotEnded {
        /// The graph.
        graph: &'static str,
    },
    /// `spawn` or `blocking` was called where it cannot work.
    #[error("{0}")]
    Runtime(String),
    /// A thread could not be loaded or saved.
    #[error(transparent)]
    Checkpoint(#[from] crate::checkpoint::CheckpointError),
    /// A model could not be set up or asked.
    #[error(transparent)]
    Model(#[from] crate::model::ModelError),
}

/// What a node returned, as a `std::error::Error`, so that the chain of sources goes on.
#[derive(Clone, Debug)]
pub struct Failure(Arc<NodeError>);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// It is the node's error itself, so what comes next is that error's source.
impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.as_dyn().source()
    }
}

impl Failure {
    pub(crate) fn new(error: NodeError) -> Self {
        Self(Arc::new(error))
    }

    pub(crate) fn node_error(&self) -> &NodeError {
        &self.0
    }

    /// The node's error as the type that it was before `?`.
    #[must_use]
    pub fn downcast_ref<E: std::error::Error + 'static>(&self) -> Option<&E> {
        self.0.downcast_ref()
    }
}

fn quoted(nodes: &[&str]) -> String {
    nodes.iter().map(|node| format!("`{node}`")).collect::<Vec<_>>().join(", ")
}

fn stops_text(after: &[&str], before: &[&str]) -> String {
    let side = |word: &str, nodes: &[&str]| (!nodes.is_empty()).then(|| format!("{word} {}", quoted(nodes)));
    let sides = [side("after", after), side("before", before)];
    sides.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

fn drained_text(thread: Option<&str>) -> String {
    match thread {
        Some(thread) => format!("`continue_run` on thread `{thread}` goes on there"),
        None => "it had no thread, so what it had done is lost".to_owned(),
    }
}

impl From<NodeError> for Failure {
    fn from(error: NodeError) -> Self {
        Self::new(error)
    }
}

fn attempt_text(attempt: u32) -> String {
    if attempt > 1 { format!(" (attempt {attempt})") } else { String::new() }
}
