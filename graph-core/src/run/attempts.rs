//! Running a node by its policy: again after a failure, and no longer than it may.

use std::sync::Arc;
use std::time::Duration;

use super::engine::Returned;
use super::watch::Watched;
use crate::context::Context;
use crate::graph::Graph;
use crate::node::{NodeError, NodeResult, NodeTimeout, Policy, Retry};

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
        match result.as_ref().err().and_then(|error| pause(error, &policy.retry?, attempt)) {
            Some(pause) => {
                tokio::time::sleep(pause).await;
                cx.run.task.attempt = attempt + 1;
            }
            None => return (result, state, cx),
        }
    }
}

/// How long to wait until the next attempt, if there is one.
fn pause(error: &NodeError, retry: &Retry, attempt: u32) -> Option<Duration> {
    if attempt >= retry.max_attempts || !(retry.when)(error) {
        return None;
    }
    // One who says when it is worth another attempt is not asked sooner, and not waited for longer than one would.
    let asked = error.retry_after().unwrap_or_default();
    (asked <= retry.max).then(|| retry.pause(attempt, random()).max(asked))
}

async fn one<G: Graph>(task: G::Task, policy: Policy, state: &G::State, cx: &Context<G>) -> NodeResult<G::Update> {
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
