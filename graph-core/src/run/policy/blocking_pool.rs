//! Nodes that are not async, on tokio's blocking pool: `#[node(blocking)]`.

use std::panic::resume_unwind;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use crate::context::Context;
use crate::graph::{Graph, TaskOutput};
use crate::node::{NodeError, NodeResult};

/// Runs a task on tokio's blocking pool, beside the other tasks of its step.
///
/// A thread cannot be interrupted: the node of a cancelled task runs to its end, and its result and parts are dropped.
pub(super) async fn on_blocking_pool<G: Graph>(
    task: G::Task,
    state: Arc<G::State>,
    cx: Context<G>,
) -> NodeResult<TaskOutput<G>> {
    let runtime = Handle::current();
    // What surrounds the node may wait: a cache is asked first.
    let ran = spawn_blocking(move || runtime.block_on(G::run(task, &state, &cx))).await;
    ran.unwrap_or_else(|error| match error.try_into_panic() {
        // It is the node's panic, and is reported as one.
        Ok(panic) => resume_unwind(panic),
        Err(_) => Err(NodeError::msg("the runtime was shut down before the node ran")),
    })
}
