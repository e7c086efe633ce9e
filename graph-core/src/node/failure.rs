//! The failure of a node, as its error handler gets it.

use std::fmt;

use crate::error::Failure;

/// The failure of a node: the input of its error handler, `#[node(on_error = handler)]`.
///
/// The handler is a node function over the same state that takes this as its task input. It runs in the same
/// super-step, once all attempts of the node have failed, and has the node's return type: its update and its route
/// replace the node's. The handler of a node with a task input `I` takes `NodeFailure<I>`.
///
/// If the handler fails too, the run ends with both errors, as a [`HandlerError`]. `retry` and `timeout` of a handler
/// are its own. It does not run if the node was cancelled (because another node failed, or with the run) or panicked.
///
/// The handler's reads count as reads of the node: all of them must be written before the node runs.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct Order {
///     #[state(input)]
///     item: String,
///     #[state(output)]
///     answer: Late<String>,
/// }
///
/// #[derive(Update, Clone, Debug)]
/// #[update(Order)]
/// struct Answered {
///     answer: String,
/// }
///
/// #[node(on_error = apologize)]
/// async fn order(Order { item, .. }: &Order) -> NodeResult<Answered> {
///     Err(NodeError::msg(format!("no {item} left")))
/// }
///
/// #[node]
/// async fn apologize(failure: NodeFailure, Order { item, .. }: &Order) -> Answered {
///     Answered { answer: format!("You cannot have {item}: {}", failure.error) }
/// }
///
/// graph! {
///     Orders<Order> {
///         START -> order -> END;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> graph_core::Result<()> {
/// let order = Orders::new().run(OrderInput { item: "tea".into() }).await?;
/// assert_eq!(order.answer, "You cannot have tea: no tea left");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct NodeFailure<I = ()> {
    /// The error of the last attempt. Return it with `?` if it cannot be handled.
    pub error: Failure,
    /// The name of the node.
    pub node: &'static str,
    /// The number of attempts.
    pub attempts: u32,
    /// The task input of the failed task.
    pub input: I,
}

impl NodeFailure {
    /// The same failure, of a task with this input.
    pub(crate) fn with<I>(self, input: I) -> NodeFailure<I> {
        let Self { error, node, attempts, input: () } = self;
        NodeFailure { error, node, attempts, input }
    }
}

/// The error handler of a node failed too.
#[derive(Debug, thiserror::Error)]
#[error("{error}; its handler `{handler}` failed, too: {source}")]
#[non_exhaustive]
pub struct HandlerError {
    /// The error of the node.
    pub error: Failure,
    /// The number of attempts.
    pub attempts: u32,
    /// The name of the handler.
    pub handler: &'static str,
    /// The error of the handler.
    pub source: Failure,
}

/// The error handler of a node.
#[derive(Clone, Copy, Debug)]
pub struct Handler {
    /// The name of the handler's function.
    pub name: &'static str,
    /// The handler's own retry policy.
    pub retry: Option<super::Retry>,
    /// The handler's own timeout.
    pub timeout: super::Timeout,
    /// Whether it runs on tokio's blocking pool.
    pub blocking: bool,
}

impl fmt::Display for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
