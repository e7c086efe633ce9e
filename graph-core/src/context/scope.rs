//! The scope of what a task asks and remembers.

use uuid::Uuid;

use super::{RunContext, TaskId};

/// A call of a task function: what is asked and remembered inside has names of its own, so that calls side by side do
/// not share an order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    /// The key of the call.
    pub call: Uuid,
    /// Which attempt of the call.
    pub attempt: u32,
}

impl RunContext {
    /// What the keys of remembered things are made from.
    pub(crate) fn key_seed(&self) -> TaskId {
        self.scope.map_or_else(|| self.task.id(), |scope| TaskId::of_call(scope.call))
    }

    /// The attempt of the task, and of the call in it: each counts its uses of a name anew.
    pub(crate) fn attempts(&self) -> (u32, u32) {
        (self.task.attempt, self.scope.map_or(0, |scope| scope.attempt))
    }
}
