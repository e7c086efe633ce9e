//! What a run ends with when it does not end well.

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
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(NodeError);

impl Failure {
    pub(crate) fn new(error: NodeError) -> Self {
        Self(error)
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

fn attempt_text(attempt: u32) -> String {
    if attempt > 1 { format!(" (attempt {attempt})") } else { String::new() }
}
