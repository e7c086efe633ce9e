//! Nodes: the functions of a graph.
mod error;
mod info;
mod policy;
mod retryable;

pub use error::{IntoNodeError, NodeError, NodeResult};
pub use info::{Node, NodeFn, NodeInfo};
pub use policy::{NodeTimeout, Policy, Retry};
pub use retryable::Retryable;
