//! The result of a workflow, and what its next run on the thread gets.

use serde::Serialize;

use crate::__private::Readable;
use crate::node::NodeError;

/// The result of a workflow that saves something else for its next run on the thread than it returns: LangGraph's
/// `entrypoint.final`.
///
/// ```
/// use graph_core::functional::Final;
/// use graph_core::prelude::*;
///
/// #[workflow(Counter)]
/// async fn counter(by: u64, #[previous] total: Option<u64>, _cx: &RunContext) -> NodeResult<Final<String, u64>> {
///     let total = total.unwrap_or(0) + by;
///     Ok(Final { value: format!("{total} in all"), save: total })
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> graph_core::Result<()> {
/// let thread = Counter::new().checkpointer(MemorySaver::new()).thread("visits");
/// assert_eq!(thread.run(CounterInput { by: 2 }).await?, "2 in all");
/// assert_eq!(thread.run(CounterInput { by: 3 }).await?, "5 in all");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Final<T, P> {
    /// What the workflow returns.
    pub value: T,
    /// What the `#[previous]` parameter of the next run is.
    pub save: P,
}

/// The return types of workflows: a value or a [`Final`] in a `Result`.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot return `{Self}`",
    label = "not a `Result`",
    note = "write `NodeResult<..>`, of the value or of a `Final`"
)]
pub trait WorkflowReturn {
    /// What it contains.
    type Output;

    #[doc(hidden)]
    fn __into_result(self) -> Result<Self::Output, NodeError>;
}

impl<T, E: Into<NodeError>> WorkflowReturn for Result<T, E> {
    type Output = T;

    fn __into_result(self) -> Result<T, NodeError> {
        self.map_err(Into::into)
    }
}

/// The types of a workflow's arguments: they are saved with the thread.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Clone + Serialize + Deserialize` to be an argument of a workflow",
    label = "it is saved, so that the workflow can run again",
    note = "add `#[derive(Clone, Serialize, Deserialize)]` to `{Self}`; what is not saved is a dependency (`deps = ..`) or given to each run (`context = ..`)"
)]
pub trait WorkflowArgument: Clone + Serialize + Readable + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Clone + Serialize + Readable + Send + Sync + 'static> WorkflowArgument for T {}

/// The types of a workflow's results: they are saved with the thread, and streamed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Clone + Serialize + Deserialize` to be the result of a workflow",
    label = "it is saved with the thread",
    note = "add `#[derive(Clone, Serialize, Deserialize)]` to `{Self}`"
)]
pub trait WorkflowResult: Clone + Serialize + Readable + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Clone + Serialize + Readable + Send + Sync + 'static> WorkflowResult for T {}
