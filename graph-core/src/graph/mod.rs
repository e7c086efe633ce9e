//! Graphs: what `graph!` implements, and the shape of a graph as data.
mod contract;
#[doc(hidden)]
pub mod data_flow;
#[doc(hidden)]
pub mod deps;
mod draw;
mod inside;
mod json;
mod next;
mod node_name;
mod subgraph;
pub(crate) mod text;
mod topology;

pub use contract::{Done, Graph, GraphUpdate, NoCustom, NoRoute};
pub use data_flow::{DataFlow, Moment};
pub(crate) use deps::DepsOf;
pub use deps::Provide;
pub use draw::{Draw, Opened, mermaid};
pub use inside::{Again, Calls, Inner, NoInside, Wrapped, same};
pub use json::to_json;
pub use next::{Next, Routed};
pub use node_name::{GraphNode, UnknownNode};
pub use subgraph::{Subgraph, again};
pub use topology::{Branch, Join, NodeShape, Target, Topology};
