//! Nodes: the functions of a graph.
mod command;
mod error;
mod info;
mod policy;

pub use command::Command;
pub use error::{IntoNodeError, NodeError, NodeResult};
pub use info::{Node, NodeFn, NodeInfo, Returned};
pub use policy::{NodeTimeout, Policy, Retry};
