#![doc = include_str!("../docs/pages/graph.md")]
#[doc(hidden)]
pub mod data_flow;
#[doc(hidden)]
pub mod deps;
#[cfg(feature = "draw")]
mod draw;
#[doc(hidden)]
pub mod given;
#[expect(clippy::module_inception, reason = "a graph is what this module is about")]
mod graph;
#[cfg(feature = "draw")]
mod json;
mod node_name;
mod subgraph;
mod subgraph_memory;
mod subgraph_parts;
pub(crate) mod text;
mod topology;
#[doc(hidden)]
pub mod unsaved;

pub(crate) use deps::DepsOf;
pub use deps::Provide;
#[cfg(feature = "draw")]
pub use draw::{Draw, Expanded};
pub use given::NoContext;
pub use graph::{Graph, GraphUpdate, NoCustom, NoRoute, TaskOutput};
pub use node_name::{GraphNode, UnknownNode};
pub use subgraph::{Subgraph, recursive};
pub use subgraph_memory::SubgraphMemory;
#[doc(hidden)]
pub use subgraph_memory::{AsksNothing, SubgraphFacts, must_ask_nothing, must_keep_something};
pub use subgraph_parts::{Calls, ChildPart, NoSubgraphs, Recursive, SubgraphNode, SubgraphOrigin, same};
pub use topology::{Branch, Join, NodeShape, Target, Topology};
pub use unsaved::AllSaved;
