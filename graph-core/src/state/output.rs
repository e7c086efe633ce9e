//! The return types of node functions.

use crate::node::{Command, IntoNodeError, NodeResult};

/// The return type of a node function: an update of the graph's state, a [`Command`] with one, or a `Result` of either.
///
/// The error of such a result is any type that `?` converts to a [`NodeError`](crate::node::NodeError).
#[diagnostic::on_unimplemented(
    message = "a node over `{S}` cannot return `{Self}`",
    label = "not an update of `{S}`",
    note = "a node returns its update: a struct with `#[derive(Update)] #[update({S})]`, or a `NodeResult` of one"
)]
pub trait NodeOutput<S> {
    /// The update.
    type Update;

    /// The route, if the node chooses it; otherwise `()`.
    type Route;

    /// The update and the route.
    ///
    /// # Errors
    /// The error that the node returned.
    fn into_result(self) -> NodeResult<(Self::Update, Self::Route)>;
}

impl<S, U: NodeOutput<S>, E: IntoNodeError> NodeOutput<S> for Result<U, E> {
    type Update = U::Update;
    type Route = U::Route;

    fn into_result(self) -> NodeResult<(U::Update, U::Route)> {
        self.map_err(IntoNodeError::into_node_error)?.into_result()
    }
}

impl<S, U: NodeOutput<S, Route = ()>, R> NodeOutput<S> for Command<U, R> {
    type Update = U::Update;
    type Route = R;

    fn into_result(self) -> NodeResult<(U::Update, R)> {
        let (update, ()) = self.update.into_result()?;
        Ok((update, self.route))
    }
}
