//! Nodes: the functions of a graph.
mod error;
mod info;
mod policy;

pub use error::{IntoNodeError, NodeError, NodeResult};
pub use info::{Node, NodeFn, NodeInfo};
pub use policy::{NodeTimeout, Policy, Retry};
