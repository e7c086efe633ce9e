//! Running a node by its policy: again after a failure, and no longer than it may.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::context::{By, Context};
use crate::graph::{Graph, TaskOutput};
use crate::node::{NodeError, NodeResult, Policy, Retry, Timeout};
use crate::run::Notes;
use crate::run::engine::machine::Returned;
use crate::run::policy::blocking_watch::Watched;
use crate::run::policy::error_handler::handled;
use crate::run::policy::timeout::within;

/// Runs a task until it succeeds, fails for good, or has been tried often enough; then the handler of its errors, if it
/// has one. Reports the task if it blocks.
///
/// What failed attempts have said stays said: each part carries its attempt. Their writes are gone.
pub(crate) async fn attempts<G: Graph>(
    task: G::Task,
    policy: Policy,
    state: Arc<G::State>,
    mut cx: Box<Context<G>>,
) -> Returned<G> {
    if let Some(error) = lacks_timer(&policy, cx.node()) {
        return (Err(error), state, cx);
    }
    cx.run.notes = needs_notes(&policy).then(|| Arc::new(Notes::new()));
    let mut result = tried::<G>(&task, policy.retry, policy.timeout, &state, &mut cx).await;
    if let (Err(error), Some(handler)) = (&mut result, policy.on_error) {
        let error = std::mem::replace(error, NodeError::msg(""));
        result = handled(&task, handler, error, &state, &mut cx).await;
    }
    // The context is lent again, to other tasks.
    let notes = cx.run.notes.take();
    if notes.is_some_and(|notes| notes.cached.load(Ordering::Relaxed)) {
        cx.run.task.by = By::Cache;
    }
    (result, state, cx)
}

/// Tries until there is a success, or no further attempt.
pub(super) async fn tried<G: Graph>(
    task: &G::Task,
    retry: Option<Retry>,
    timeout: Timeout,
    state: &G::State,
    cx: &mut Context<G>,
) -> NodeResult<TaskOutput<G>> {
    loop {
        let result = one::<G>(task.clone(), timeout, state, cx).await;
        let attempt = cx.run.task.attempt;
        match result.as_ref().err().and_then(|error| pause(error, &retry?, attempt)) {
            Some(pause) => {
                tokio::time::sleep(pause).await;
                cx.run.task.attempt = attempt + 1;
            }
            None => return result,
        }
    }
}

/// Whether the node and its policies have something to tell each other.
fn needs_notes(policy: &Policy) -> bool {
    let idle = policy.timeout.idle.or_else(|| policy.on_error?.timeout.idle);
    idle.is_some() || policy.cache.is_some() || policy.on_error.is_some()
}

/// Why the policy cannot work here, if it cannot.
fn lacks_timer(policy: &Policy, node: &str) -> Option<NodeError> {
    let handler = policy.on_error.is_some_and(|handler| handler.retry.is_some() || !handler.timeout.is_none());
    let timed = handler || policy.retry.is_some() || !policy.timeout.is_none();
    let lacks = timed && tokio::runtime::Handle::try_current().is_err();
    let text = || format!("the policies of `{node}` need tokio's timer: run the graph inside a tokio runtime");
    lacks.then(|| NodeError::permanent(NodeError::msg(text())))
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

async fn one<G: Graph>(
    task: G::Task,
    timeout: Timeout,
    state: &G::State,
    cx: &Context<G>,
) -> NodeResult<TaskOutput<G>> {
    let run = Watched::new(G::NAME, cx.node(), G::run(task, state, cx));
    if timeout.is_none() {
        return run.await;
    }
    within(run, timeout, cx.node(), cx.run.notes.as_deref()).await?
}

/// A number in 0..1 that is another one each time: enough to spread attempts that failed together.
fn random() -> f64 {
    let bits = uuid::Uuid::new_v4().as_u128() as u32;
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}
