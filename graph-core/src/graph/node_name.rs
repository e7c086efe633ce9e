//! The names of a graph's nodes as an enum.

use std::fmt;
use std::hash::Hash;

use crate::__private::Generated;

/// The nodes of one graph, which `graph!` generates as `<Graph>Node`. Only `graph!` implements it.
///
/// The enum has the same constant and methods itself; the trait is for code that is generic over graphs.
pub trait GraphNode: Copy + Eq + Ord + Hash + fmt::Debug + fmt::Display + Send + Sync + 'static {
    /// The nodes, in declaration order.
    const ALL: &'static [Self];

    /// The node's index in [`ALL`](Self::ALL).
    fn index(self) -> usize;

    /// The node's name.
    fn name(self) -> &'static str;

    #[doc(hidden)]
    const __GENERATED: Generated;
}

/// The error of a name that is no node of the graph.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is not a node of `{graph}`; its nodes are {}", self.nodes.join(", "))]
pub struct UnknownNode {
    /// The name.
    pub name: String,
    /// The graph.
    pub graph: &'static str,
    /// The nodes of the graph.
    pub nodes: Vec<&'static str>,
}

impl UnknownNode {
    /// The error for `name`, with the nodes of `N`.
    #[doc(hidden)]
    pub fn of<N: GraphNode>(graph: &'static str, name: &str) -> Self {
        Self { name: name.to_owned(), graph, nodes: N::ALL.iter().map(|node| node.name()).collect() }
    }
}
