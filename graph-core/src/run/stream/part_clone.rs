//! `Clone` of parts.
//!
//! Written by hand: a derive would require `Clone` of the graph instead of its types.

use crate::graph::Graph;
use crate::run::{CustomPart, MessagePart, TaskInput, TaskPart, TaskResultPart, TaskState, ToolPart, UpdatePart};

impl<G: Graph> Clone for UpdatePart<G> {
    fn clone(&self) -> Self {
        Self { update: self.update.clone(), cached: self.cached }
    }
}

impl<G: Graph> Clone for MessagePart<G> {
    fn clone(&self) -> Self {
        Self {
            content: self.content.clone(),
            node: self.node,
            step: self.step,
            task: self.task,
            attempt: self.attempt,
            model: self.model.clone(),
            thread_id: self.thread_id.clone(),
            metadata: self.metadata.clone(),
            place: self.place.clone(),
        }
    }
}

impl<G: Graph> Clone for CustomPart<G> {
    fn clone(&self) -> Self {
        Self { event: self.event.clone(), node: self.node, step: self.step, task: self.task, attempt: self.attempt }
    }
}

impl<G: Graph> Clone for ToolPart<G> {
    fn clone(&self) -> Self {
        Self {
            event: self.event.clone(),
            call_id: self.call_id.clone(),
            name: self.name.clone(),
            node: self.node,
            step: self.step,
            task: self.task,
            attempt: self.attempt,
        }
    }
}

impl<G: Graph> Clone for TaskResultPart<G> {
    fn clone(&self) -> Self {
        Self { result: self.result.clone(), node: self.node, step: self.step, task: self.task, attempt: self.attempt }
    }
}

impl<G: Graph> Clone for TaskPart<G> {
    fn clone(&self) -> Self {
        Self { id: self.id, node: self.node, handler: self.handler, step: self.step, state: self.state.clone() }
    }
}

impl<G: Graph> Clone for TaskState<G> {
    fn clone(&self) -> Self {
        match self {
            Self::Started { input } => Self::Started { input: input.clone() },
            Self::Done(update) => Self::Done(update.clone()),
            Self::Cached(update) => Self::Cached(update.clone()),
            Self::Failed { error } => Self::Failed { error: error.clone() },
            Self::Interrupted(waiting) => Self::Interrupted(waiting.clone()),
            Self::Cancelled => Self::Cancelled,
        }
    }
}

impl<G: Graph> Clone for TaskInput<G> {
    fn clone(&self) -> Self {
        match self {
            Self::State(state) => Self::State(state.clone()),
            Self::Sent(task) => Self::Sent(task.clone()),
        }
    }
}
