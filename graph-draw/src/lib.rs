//! The picture of an agent graph, drawn as text.
//!
//! A leaf crate without dependencies: the `graph!` macro draws the graph it is expanding into the rustdoc of the type it
//! makes, and graph-core draws the same graph at run time.
mod ascii;
mod dot;
mod groups;
mod layout;
mod mermaid;
#[cfg(test)]
mod samples;

mod svg;
mod text;

/// A graph as nodes and arrows: what is drawn, without what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// What the graph is called; may be empty.
    pub title: String,
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
    /// The nodes of outer graphs that it stands inside of, outermost first: see [`Picture::open`].
    pub group: Vec<String>,
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
    /// When it is followed, and so how it is drawn.
    pub kind: Kind,
}

/// When an [`Edge`] is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Always.
    #[default]
    Always,
    /// Once the sources of all edges of the same join have run. Joins are told apart by number.
    Joined(usize),
    /// Where a router decides so: drawn dashed.
    Branch,
    /// Where a router decides so, once for each of several items: drawn bold.
    Each,
}

impl Edge {
    /// Whether it is one way among several.
    #[must_use]
    pub fn is_conditional(&self) -> bool {
        matches!(self.kind, Kind::Branch | Kind::Each)
    }

    /// What the pictures of our own show on it: that there is a task an item, which Mermaid and JSON do not tell, and
    /// the label. A join shows itself.
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

    /// Puts small print under the label of the node that was added last.
    pub fn note(&mut self, name: &str, value: &str) {
        if let Some(node) = self.nodes.last_mut() {
            node.metadata.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Adds END, below all that was added before.
    pub fn end(&mut self) {
        self.node_as(Self::END, Role::Last);
    }

    /// Adds an exit of this name, beside END.
    pub fn exit(&mut self, name: &str) {
        let (id, label) = (Self::exit_id(name), format!("END::{name}"));
        self.nodes.push(Node { id, label, metadata: Vec::new(), role: Role::Last, group: Vec::new() });
    }

    /// The id of an exit.
    #[must_use]
    pub fn exit_id(name: &str) -> String {
        format!("__end_{name}__")
    }

    /// Adds an arrow that is always followed.
    pub fn edge(&mut self, source: &str, target: &str) {
        self.arrow(source, target, "", Kind::Always);
    }

    /// Adds an arrow that is followed once all sources of the join of that number have run.
    pub fn joined(&mut self, source: &str, target: &str, join: usize) {
        self.arrow(source, target, "", Kind::Joined(join));
    }

    /// Adds one way of a router. The same way twice, under one label, is drawn once.
    pub fn branch(&mut self, source: &str, target: &str, label: &str) {
        self.arrow(source, target, label, Kind::Branch);
    }

    /// Adds one way of a router that is followed once an item.
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
    /// The lines in its box, with the groups that it stands in: boxes around boxes are not drawn.
    fn lines(&self) -> Vec<String> {
        let mut lines = self.own_lines();
        if let (Some(first), false) = (lines.first_mut(), self.group.is_empty()) {
            *first = format!("{}: {first}", self.group.join(": "));
        }
        lines
    }

    /// The lines in its box. Where a run starts and ends is called as the `graph!` macro calls it.
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
