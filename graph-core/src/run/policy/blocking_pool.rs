//! Nodes that are not async, on tokio's blocking pool: `#[node(blocking)]`.

use std::future::Future;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::runtime::Handle;
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

use crate::context::Context;
use crate::graph::{Graph, TaskOutput};
use crate::node::{NodeError, NodeResult};
use crate::run::child::Caller;
use crate::run::engine::lock;

/// Runs a task on tokio's blocking pool, beside the other tasks of its step.
///
/// A thread cannot be interrupted: the node of a cancelled task runs to its end, and its result and parts are dropped.
pub(super) async fn on_blocking_pool<G: Graph>(
    task: G::Task,
    state: Arc<G::State>,
    cx: Context<G>,
) -> NodeResult<TaskOutput<G>> {
    let result = Arc::new(Mutex::new(None));
    let slot = result.clone();
    let node = Box::pin(async move {
        let result = G::run(task, &state, &cx).await;
        *lock(&slot) = Some(result);
    });
    match spawn(node, const { Caller::of::<G>() }).await.map_err(JoinError::try_into_panic) {
        // Reported as a panic of the node.
        Err(Ok(panic)) => resume_unwind(panic),
        Ok(()) | Err(Err(_)) => {
            let result = lock(&result).take();
            result.unwrap_or_else(|| Err(NodeError::msg("the runtime was shut down before the node ran")))
        }
    }
}

/// Erased: tokio's part of a task is compiled once, not for every graph. The cache around the node may wait.
fn spawn(node: Pin<Box<dyn Future<Output = ()> + Send>>, caller: Option<&'static Caller>) -> JoinHandle<()> {
    let runtime = Handle::current();
    spawn_blocking(move || {
        let _entered = Caller::enter(caller);
        runtime.block_on(node);
    })
}
