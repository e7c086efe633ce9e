//! Attempts: runs a node with retries and timeouts.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::context::{Context, ProducedBy};
use crate::graph::{Graph, TaskOutput};
use crate::node::{NodeError, NodeResult, Policy, Retry, Timeout};
use crate::random::random_fraction;
use crate::run::Notes;
use crate::run::engine::Lease;
use crate::run::policy::blocking_pool::on_blocking_pool;
use crate::run::policy::error_handler::handled;
use crate::run::policy::timeout::within;
use crate::run::policy::warn_if_blocking::WarnIfBlocking;

/// Runs a task until it succeeds or is out of attempts; then runs its error handler, if it has one. Warns if the task
/// blocks.
///
/// Parts of failed attempts stay in the stream, each with its attempt; their writes are dropped.
pub(in crate::run) async fn attempts<G: Graph>(task: G::Task, mut lease: Box<Lease<G>>) -> Box<Lease<G>> {
    let policy = G::TOPOLOGY.nodes[G::node_index(&task)].info.policy;
    let Lease { state: Some(state), cx, result } = &mut *lease else { return lease };
    if let Some(error) = lacks_runtime(&policy, cx.node()) {
        *result = Some(Err(error));
        return lease;
    }
    cx.run.notes = needs_notes(&policy).then(|| Arc::new(Notes::new()));
    let Policy { retry, timeout, blocking, .. } = policy;
    let mut ended = tried::<G>(&task, Attempts { retry, timeout, blocking }, state, cx).await;
    if let (Err(error), Some(handler)) = (&mut ended, policy.on_error) {
        let error = std::mem::replace(error, NodeError::msg(""));
        ended = handled(&task, handler, error, state, cx).await;
    }
    // The context is reused by other tasks.
    let notes = cx.run.notes.take();
    if notes.is_some_and(|notes| notes.cached.load(Ordering::Relaxed)) {
        cx.run.task.produced_by = ProducedBy::Cache;
    }
    *result = Some(ended);
    lease
}

/// The policies of the attempts of a node or of its error handler.
#[derive(Clone, Copy)]
pub(super) struct Attempts {
    pub retry: Option<Retry>,
    pub timeout: Timeout,
    pub blocking: bool,
}

/// Runs a node or a handler until it succeeds or is out of attempts.
pub(super) async fn tried<G: Graph>(
    task: &G::Task,
    policy: Attempts,
    state: &Arc<G::State>,
    cx: &mut Context<G>,
) -> NodeResult<TaskOutput<G>> {
    loop {
        let result = one::<G>(task.clone(), policy, state, cx).await;
        let attempt = cx.run.task.attempt;
        match result.as_ref().err().and_then(|error| pause(error, &policy.retry?, attempt)) {
            Some(pause) => {
                tokio::time::sleep(pause).await;
                cx.run.task.attempt = attempt + 1;
            }
            None => return result,
        }
    }
}

/// Whether the node and its policies share notes.
fn needs_notes(policy: &Policy) -> bool {
    let idle = policy.timeout.idle.or_else(|| policy.on_error?.timeout.idle);
    idle.is_some() || policy.cache.is_some() || policy.on_error.is_some()
}

/// The error of a policy that needs tokio outside its runtime.
fn lacks_runtime(policy: &Policy, node: &str) -> Option<NodeError> {
    let handler = policy.on_error.is_some_and(|handler| handler.retry.is_some() || !handler.timeout.is_none());
    let timed = handler || policy.retry.is_some() || !policy.timeout.is_none();
    let pooled = policy.blocking || policy.on_error.is_some_and(|handler| handler.blocking);
    let needs = if timed { "timer" } else { "blocking pool" };
    let lacks = (timed || pooled) && tokio::runtime::Handle::try_current().is_err();
    let text = || format!("the policies of `{node}` need tokio's {needs}: run the graph inside a tokio runtime");
    lacks.then(|| NodeError::permanent(NodeError::msg(text())))
}

/// The pause before the next attempt, if there is one.
pub(crate) fn pause(error: &NodeError, retry: &Retry, attempt: u32) -> Option<Duration> {
    if attempt >= retry.max_attempts || !(retry.when)(error) {
        return None;
    }
    // Never retry sooner than the error asks; give up if it asks for more than `retry.max`.
    let asked = error.retry_after().unwrap_or_default();
    (asked <= retry.max).then(|| retry.pause(attempt, random_fraction()).max(asked))
}

async fn one<G: Graph>(
    task: G::Task,
    policy: Attempts,
    state: &Arc<G::State>,
    cx: &Context<G>,
) -> NodeResult<TaskOutput<G>> {
    if policy.blocking {
        return on_blocking_pool::<G>(task, state.clone(), cx.clone()).await;
    }
    let timeout = policy.timeout;
    let run = WarnIfBlocking::of(cx, G::run(task, state, cx));
    if timeout.is_none() {
        return run.await;
    }
    within(run, timeout, cx.node(), cx.run.notes.as_deref()).await?
}
