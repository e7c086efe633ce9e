//! Runs the error handler of a node.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::context::{Context, TaskInfo};
use crate::error::{Error, Failure};
use crate::graph::{Graph, TaskOutput};
use crate::node::{Handler, HandlerError, NodeError, NodeFailure, NodeResult};
use crate::run::engine::Report;
use crate::run::policy::attempts::{Attempts, tried};
use crate::run::stream::emit::{Emitter, TaskView};
use crate::run::{Mode, Shared};

/// Runs the error handler of a node, after the node's last attempt.
///
/// In the stream, the node's task fails, and the handler is a separate task in the same super-step.
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
    stream_start(task, &error, state, cx);
    cx.shared().reports.push(Report::HandlerStarted(cx.run.task));
    cx.run.task = cx.run.task.handler();
    let Handler { retry, timeout, blocking, .. } = handler;
    let result = tried::<G>(task, Attempts { retry, timeout, blocking }, state, cx).await;
    result.map_err(|source| {
        let source = Failure::new(source);
        NodeError::from(HandlerError { error, attempts, handler: handler.name, source })
    })
}

/// Streams the end of the node's task and the start of its handler's.
fn stream_start<G: Graph>(task: &G::Task, error: &Failure, state: &Arc<G::State>, cx: &Context<G>) {
    let (shared, info): (&Shared<G>, _) = (cx.shared(), cx.run.task);
    if !shared.has(Mode::TASKS | Mode::DEBUG | Mode::EVENTS) {
        return;
    }
    let TaskInfo { name: node, step, attempt, .. } = info;
    let error = Error::Node { graph: G::NAME, node, step, attempt, source: error.clone() };
    let mut out = VecDeque::new();
    let mut emit = Emitter::new(shared, &mut out);
    emit.task_failed(&TaskView { info, state: Some(state), task }, &error);
    emit.task_started(&TaskView { info: info.handler(), state: Some(state), task });
    out.into_iter().for_each(|part| shared.outbox.push(part));
}
