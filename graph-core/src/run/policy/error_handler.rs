//! Running the handler of a node's errors, and telling of it.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::context::Context;
use crate::error::{Error, Failure};
use crate::graph::{Graph, TaskOutput};
use crate::node::{Handler, HandlerError, NodeError, NodeFailure, NodeResult};
use crate::run::policy::attempts::tried;
use crate::run::stream::emit::{Telling, started};
use crate::run::{Mode, Shared};

/// Runs the handler of a node's errors, after the last attempt of the node.
///
/// In the stream, the node's task ends by its error, and the handler's is one of its own, in the same super-step.
pub(super) async fn handled<G: Graph>(
    task: &G::Task,
    handler: Handler,
    error: NodeError,
    state: &Arc<G::State>,
    cx: &mut Context<G>,
) -> NodeResult<TaskOutput<G>> {
    let (error, node, attempts) = (Failure::new(error), cx.node(), cx.run.task.attempt);
    if let Some(notes) = &cx.run.notes {
        // Set once: a task has one handler.
        let _ = notes.failure.set(NodeFailure { error: error.clone(), node, attempts, input: () });
    }
    tell(task, &error, state, cx);
    let (index, info) = (cx.run.task.index, cx.run.task.handler());
    cx.run.task = info;
    cx.shared().set_handling(index, true);
    let result = tried::<G>(task, handler.retry, handler.timeout, state, cx).await;
    cx.shared().set_handling(index, false);
    result.map_err(|source| {
        let source = Failure::new(source);
        NodeError::from(HandlerError { error, attempts, handler: handler.name, source })
    })
}

/// Tells of the end of the node's task, and of the start of its handler's.
fn tell<G: Graph>(task: &G::Task, error: &Failure, state: &Arc<G::State>, cx: &Context<G>) {
    let (shared, info): (&Shared<G>, _) = (cx.shared(), &cx.run.task);
    if !shared.has(Mode::TASKS | Mode::DEBUG | Mode::EVENTS) {
        return;
    }
    let (graph, node, step, attempt) = (G::NAME, info.name, info.step, info.attempt);
    let error = Error::Node { graph, node, step, attempt, source: error.clone() };
    let mut out = VecDeque::new();
    Telling { shared, info, state: Some(state), task, out: &mut out }.failed(error);
    started(shared, &info.handler(), state, task, &mut out);
    out.into_iter().for_each(|part| shared.push(part));
}
