//! Nodes: the functions of a graph.
mod error;
mod info;

pub use error::{NodeError, NodeResult};
pub use info::{Node, NodeFn, NodeInfo};
