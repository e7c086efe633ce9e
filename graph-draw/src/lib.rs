//! The picture of an agent graph, drawn as text.
//!
//! A leaf crate without dependencies: the `graph!` macro draws the graph it is expanding into the rustdoc of the type it
//! makes, and graph-core draws the same graph at run time.
mod mermaid;

/// A graph as nodes and arrows: what is drawn, without what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The nodes, from top to bottom; START and END are nodes like any other.
    pub nodes: Vec<Node>,
    /// The arrows between them.
    pub edges: Vec<Edge>,
}

/// A node of a [`Picture`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What edges call it.
    pub id: String,
    /// What it is labelled with.
    pub label: String,
    /// What stands in small print under the label, as name and value.
    pub metadata: Vec<(String, String)>,
    /// How it is drawn.
    pub role: Role,
}

/// How a [`Node`] is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// As a box.
    #[default]
    Step,
    /// As the place where a run starts.
    First,
    /// As the place where a run ends.
    Last,
}

/// An arrow of a [`Picture`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The id of the node that it leaves.
    pub source: String,
    /// The id of the node that it leads to.
    pub target: String,
    /// What is written on it; empty where there is nothing to say.
    pub label: String,
    /// Whether it is one way among several: drawn dotted.
    pub conditional: bool,
}

impl Picture {
    /// The id of the node where a run starts.
    pub const START: &'static str = "__start__";
    /// The id of the node where a run ends.
    pub const END: &'static str = "__end__";

    /// A picture of START alone.
    #[must_use]
    pub fn new() -> Self {
        let mut picture = Self::default();
        picture.node_as(Self::START, Role::First);
        picture
    }

    /// Adds a node.
    pub fn node(&mut self, id: &str) {
        self.node_as(id, Role::Step);
    }

    /// Adds END, below all that was added before.
    pub fn end(&mut self) {
        self.node_as(Self::END, Role::Last);
    }

    /// Adds an arrow that is always followed.
    pub fn edge(&mut self, source: &str, target: &str) {
        self.arrow(source, target, "", false);
    }

    /// Adds one way of a router. The same way twice, under one label, is drawn once.
    pub fn branch(&mut self, source: &str, target: &str, label: &str) {
        self.arrow(source, target, label, true);
    }

    fn node_as(&mut self, id: &str, role: Role) {
        self.nodes.push(Node { id: id.to_owned(), label: id.to_owned(), metadata: Vec::new(), role });
    }

    fn arrow(&mut self, source: &str, target: &str, label: &str, conditional: bool) {
        let (source, target, label) = (source.to_owned(), target.to_owned(), label.to_owned());
        let edge = Edge { source, target, label, conditional };
        if !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }
}
