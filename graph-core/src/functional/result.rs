//! The results of a graph's tasks.

use std::fmt;

use serde_json::Value;

/// The results of the tasks that a graph declares, as an enum with a variant for each: `graph!` generates it, as
/// `<Graph>TaskResult`.
pub trait GraphTaskResult: Clone + Send + Sync + 'static {
    /// The name of the task.
    fn task(&self) -> &'static str;

    #[doc(hidden)]
    fn to_json(&self) -> Result<Value, serde_json::Error>;
}

/// The results of a graph that declares no task: uninhabited.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NoTaskResult {}

impl GraphTaskResult for NoTaskResult {
    fn task(&self) -> &'static str {
        match *self {}
    }

    fn to_json(&self) -> Result<Value, serde_json::Error> {
        match *self {}
    }
}

impl fmt::Debug for NoTaskResult {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}
