//! The picture of an agent graph, rendered as text.
//!
//! A leaf crate without dependencies: the `graph!` macro draws the graph it expands into the rustdoc of the generated
//! type, and graph-core draws the same graph at run time.
mod ascii;
mod dot;
mod groups;
mod layout;
mod mermaid;
#[cfg(test)]
mod samples;

mod svg;
mod text;

/// A graph as nodes and edges to draw, independent of their meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The title; may be empty.
    pub title: String,
    /// The nodes, from top to bottom, including START and END.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
}

/// A node of a [`Picture`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The id, which edges refer to.
    pub id: String,
    /// The label.
    pub label: String,
    /// Name-value pairs in small print under the label.
    pub metadata: Vec<(String, String)>,
    /// The role, which decides the drawing style.
    pub role: Role,
    /// The enclosing subgraph nodes, outermost first: see [`Picture::expand`].
    pub group: Vec<String>,
}

/// The role of a [`Node`], which decides its drawing style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// An ordinary node: a box.
    #[default]
    Step,
    /// The start of a run.
    First,
    /// The end of a run.
    Last,
}

/// An edge of a [`Picture`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The id of the source node.
    pub source: String,
    /// The id of the target node.
    pub target: String,
    /// The label; may be empty.
    pub label: String,
    /// When it is followed, which decides its drawing style.
    pub kind: Kind,
}

/// When an [`Edge`] is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Always.
    #[default]
    Always,
    /// Once the sources of all edges with the same join number have run.
    Joined(usize),
    /// If a router chooses it: drawn dashed.
    Branch,
    /// If a router chooses it, once for each of several items: drawn bold.
    Each,
}

impl Edge {
    /// Whether it depends on a router.
    #[must_use]
    pub fn is_conditional(&self) -> bool {
        matches!(self.kind, Kind::Branch | Kind::Each)
    }

    /// The text on it in SVG and for a terminal: the label, and a mark for one task per item, which Mermaid and JSON
    /// lack. Joins are drawn as such.
    fn text(&self) -> String {
        match (self.kind, self.label.is_empty()) {
            (Kind::Joined(_), _) => String::new(),
            (Kind::Each, true) => "for each".to_owned(),
            (Kind::Each, false) => format!("{}, for each", self.label),
            (Kind::Always | Kind::Branch, _) => self.label.clone(),
        }
    }
}

impl Picture {
    /// The id of the start node.
    pub const START: &'static str = "__start__";
    /// The id of the end node.
    pub const END: &'static str = "__end__";

    /// A picture with only START.
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

    /// Adds small print to the last added node.
    pub fn note(&mut self, name: &str, value: &str) {
        if let Some(node) = self.nodes.last_mut() {
            node.metadata.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Adds END, below all other nodes so far.
    pub fn end(&mut self) {
        self.node_as(Self::END, Role::Last);
    }

    /// Adds an exit, beside END.
    pub fn exit(&mut self, name: &str) {
        let (id, label) = (Self::exit_id(name), format!("END::{name}"));
        self.nodes.push(Node { id, label, metadata: Vec::new(), role: Role::Last, group: Vec::new() });
    }

    /// The id of an exit.
    #[must_use]
    pub fn exit_id(name: &str) -> String {
        format!("__end_{name}__")
    }

    /// Adds an edge that is always followed.
    pub fn edge(&mut self, source: &str, target: &str) {
        self.arrow(source, target, "", Kind::Always);
    }

    /// Adds an edge of the join with this number.
    pub fn joined(&mut self, source: &str, target: &str, join: usize) {
        self.arrow(source, target, "", Kind::Joined(join));
    }

    /// Adds an edge of a router. A duplicate with the same label is drawn once.
    pub fn branch(&mut self, source: &str, target: &str, label: &str) {
        self.arrow(source, target, label, Kind::Branch);
    }

    /// Adds an edge of a router that is followed once for each item.
    pub fn each(&mut self, source: &str, target: &str, label: &str) {
        self.arrow(source, target, label, Kind::Each);
    }

    fn node_as(&mut self, id: &str, role: Role) {
        let (id, label) = (id.to_owned(), id.to_owned());
        self.nodes.push(Node { id, label, metadata: Vec::new(), role, group: Vec::new() });
    }

    fn arrow(&mut self, source: &str, target: &str, label: &str, kind: Kind) {
        let edge = Edge { source: source.to_owned(), target: target.to_owned(), label: label.to_owned(), kind };
        if !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }
}

impl Node {
    /// The lines in its box, with its groups: boxes are not nested.
    fn lines(&self) -> Vec<String> {
        let mut lines = self.own_lines();
        if let (Some(first), false) = (lines.first_mut(), self.group.is_empty()) {
            *first = format!("{}: {first}", self.group.join(": "));
        }
        lines
    }

    /// The lines in its box. START and END have the names of the `graph!` macro.
    fn own_lines(&self) -> Vec<String> {
        let label = match (self.role, &*self.label) {
            (Role::First, Picture::START) => "START",
            (Role::Last, Picture::END) => "END",
            (_, label) => label,
        };
        let small = self.metadata.iter().map(|(name, value)| format!("{name} = {value}"));
        std::iter::once(label.to_owned()).chain(small).collect()
    }
}
