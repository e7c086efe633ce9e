//! Nodes: the functions of a graph.
mod error;
mod info;
mod policy;
mod retryable;
mod timeout;

pub use error::{IntoNodeError, NodeError, NodeResult};
pub use info::{Node, NodeFn, NodeInfo};
pub use policy::{Policy, Retry};
pub use retryable::Retryable;
pub use timeout::{NodeTimeout, Timeout, TimeoutKind};
