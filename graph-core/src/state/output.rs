//! What a node's function may return.

use crate::node::{IntoNodeError, NodeResult};

/// What a node's function may return: an update of the graph's state, or a `Result` of one.
///
/// The errors of such a result are whatever `?` turns into a [`NodeError`](crate::node::NodeError).
#[diagnostic::on_unimplemented(
    message = "a node over `{S}` cannot return `{Self}`",
    label = "not an update of `{S}`",
    note = "a node returns its update: a struct with `#[derive(Update)] #[update({S})]`, or a `NodeResult` of one"
)]
pub trait NodeOutput<S> {
    /// The update in it.
    type Update;

    /// The update, or why there is none.
    ///
    /// # Errors
    /// The error that the node returned.
    fn into_result(self) -> NodeResult<Self::Update>;
}

impl<S, U: NodeOutput<S>, E: IntoNodeError> NodeOutput<S> for Result<U, E> {
    type Update = U::Update;

    fn into_result(self) -> NodeResult<Self::Update> {
        self.map_err(IntoNodeError::into_node_error)?.into_result()
    }
}
