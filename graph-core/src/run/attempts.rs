//! Running a node by its policy: again after a failure, and no longer than it may.

use std::sync::Arc;

use super::engine::Returned;
use super::watch::Watched;
use crate::context::Context;
use crate::graph::{Done, Graph};
use crate::node::{NodeError, NodeResult, NodeTimeout, Policy};

/// Runs a task until it succeeds, fails for good, or has been tried often enough; and reports it if it blocks.
///
/// What failed attempts have said stays said: each part carries its attempt. Their writes are gone.
pub(crate) async fn attempts<G: Graph>(
    task: G::Task,
    policy: Policy,
    state: Arc<G::State>,
    mut cx: Box<Context<G>>,
) -> Returned<G> {
    loop {
        let result = one::<G>(task.clone(), policy, &state, &cx).await;
        let attempt = cx.run.task.attempt;
        match (&result, policy.retry) {
            (Err(error), Some(retry)) if attempt < retry.max_attempts && (retry.when)(error) => {
                tokio::time::sleep(retry.pause(attempt, random())).await;
                cx.run.task.attempt = attempt + 1;
            }
            _ => return (result, state, cx),
        }
    }
}

async fn one<G: Graph>(task: G::Task, policy: Policy, state: &G::State, cx: &Context<G>) -> NodeResult<Done<G>> {
    let run = Watched::new(G::NAME, cx.node(), G::run(task, state, cx));
    let Some(after) = policy.timeout else { return run.await };
    let timeout = || Err(NodeError::from(NodeTimeout { node: cx.node(), after }));
    tokio::time::timeout(after, run).await.unwrap_or_else(|_| timeout())
}

/// A number in 0..1 that is another one each time: enough to spread attempts that failed together.
fn random() -> f64 {
    let bits = uuid::Uuid::new_v4().as_u128() as u32;
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}
