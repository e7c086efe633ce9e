//! Graphs: what `graph!` implements, and the shape of a graph as data.
mod contract;
#[doc(hidden)]
pub mod data_flow;
mod draw;
mod json;
mod next;
mod node_name;
mod text;
mod topology;

pub use contract::{Graph, GraphUpdate, NoCustom};
pub use data_flow::{DataFlow, Moment};
pub use draw::{Draw, mermaid};
pub use json::to_json;
pub use next::{Next, Routed};
pub use node_name::{GraphNode, UnknownNode};
pub use topology::{Branch, Join, NodeShape, Target, Topology};
