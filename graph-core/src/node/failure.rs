//! A node that failed, as its handler sees it.

use std::fmt;

use crate::error::Failure;

/// A node that failed: what the handler of its errors is given, `#[node(on_error = handler)]`.
///
/// The handler is a node's function over the same state, with this as its own input. It runs once all attempts of the
/// node have failed, in the same super-step, and returns what the node itself returns: its update and its route count
/// instead, as if the node had written them. A node that takes an input of its own, `I`, has a handler that takes
/// `NodeFailure<I>`.
///
/// Where the handler fails, too, the run ends with both errors, as a [`HandlerError`]. A handler has a `retry` and a
/// `timeout` of its own, if it has any. It is not asked where the node was stopped because another one failed or the run
/// was cancelled, nor where it panicked.
///
/// What the handler reads, the node reads: it is checked with the node that everything of it is written before.
///
/// ```
/// use graph_core::node::NodeFailure;
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct Order {
///     #[state(input)]
///     item: String,
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
/// assert_eq!(*order.answer, "You cannot have tea: no tea left");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct NodeFailure<I = ()> {
    /// What the last attempt failed with. Give it on with `?` where there is nothing to be done.
    pub error: Failure,
    /// The node.
    pub node: &'static str,
    /// How often it was tried.
    pub attempts: u32,
    /// The own input of the task that failed.
    pub input: I,
}

impl NodeFailure {
    /// The same failure, of a task with this input.
    pub(crate) fn with<I>(self, input: I) -> NodeFailure<I> {
        let Self { error, node, attempts, input: () } = self;
        NodeFailure { error, node, attempts, input }
    }
}

/// The handler of a node's errors failed, too.
#[derive(Debug, thiserror::Error)]
#[error("{error}; its handler `{handler}` failed, too: {source}")]
#[non_exhaustive]
pub struct HandlerError {
    /// What the node failed with.
    pub error: Failure,
    /// How often the node was tried.
    pub attempts: u32,
    /// The handler.
    pub handler: &'static str,
    /// What the handler failed with.
    pub source: Failure,
}

/// What handles the errors of a node, once all of its attempts have failed.
#[derive(Clone, Copy, Debug)]
pub struct Handler {
    /// The name of its function.
    pub name: &'static str,
    /// Whether and how it is tried again itself.
    pub retry: Option<super::Retry>,
    /// How long an attempt of it may take.
    pub timeout: super::Timeout,
}

impl fmt::Display for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
