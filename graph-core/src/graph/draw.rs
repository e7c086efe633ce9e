//! The pictures of a graph, from its topology.

use graph_draw::Picture;
use serde_json::Value;

use super::json::to_json;
use super::{Branch, Graph, Target, Topology};

/// The pictures of a graph, with the feature `draw`. Every graph has them.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct JokeState {
///     #[state(input)]
///     topic: String,
/// }
///
/// #[derive(Update, Clone, Debug)]
/// #[update(JokeState)]
/// struct Refined {
///     topic: String,
/// }
///
/// #[node]
/// fn refine(JokeState { topic, .. }: &JokeState) -> Refined {
///     Refined { topic: format!("{topic} and cats") }
/// }
///
/// graph! {
///     JokeGraph<JokeState> {
///         START -> refine -> END;
///     }
/// }
///
/// assert!(JokeGraph::ascii().contains("refine"));
/// assert!(JokeGraph::dot().starts_with("digraph \"JokeGraph\" {"));
/// assert!(JokeGraph::svg().starts_with("<svg "));
/// assert_eq!(JokeGraph::json()["edges"][0]["target"], "refine");
/// ```
pub trait Draw: Graph {
    /// The graph as the text of a Mermaid flowchart, as LangGraph draws it.
    #[must_use]
    fn mermaid() -> String {
        Self::TOPOLOGY.picture().mermaid()
    }

    /// The graph as Graphviz source.
    #[must_use]
    fn dot() -> String {
        Self::TOPOLOGY.picture().dot()
    }

    /// The graph as a self-contained SVG.
    #[must_use]
    fn svg() -> String {
        Self::TOPOLOGY.picture().svg()
    }

    /// The graph as text art, for a terminal.
    #[must_use]
    fn ascii() -> String {
        Self::TOPOLOGY.picture().ascii()
    }

    /// The graph with its subgraphs expanded, to this many levels. A graph that contains itself is not expanded again.
    ///
    /// ```
    /// # use graph_core::prelude::*;
    /// # #[derive(State, Clone, Debug, Default)] struct Text { #[state(input)] text: String }
    /// # #[derive(Update, Clone, Debug)] #[update(Text)] struct New { text: String }
    /// # #[node] fn shout(Text { text }: &Text) -> New { New { text: text.to_uppercase() } }
    /// graph! { Shouting<Text> { START -> shout -> END; } }
    /// graph! { Talk<Text> { START -> Shouting as loudly -> END; } }
    ///
    /// assert!(!Talk::mermaid().contains("shout"));
    /// assert!(Talk::expanded(1).mermaid().contains("\tsubgraph loudly\n"));
    /// ```
    fn expanded(levels: usize) -> Expanded {
        Expanded(Self::TOPOLOGY.expanded(levels))
    }

    /// The graph's nodes and edges as LangGraph's `to_json` writes them: a node's `id` within `data` is the graph and
    /// the function; an edge's `data` is its label; what is absent is omitted.
    #[must_use]
    fn json() -> Value {
        to_json(&Self::TOPOLOGY)
    }
}

impl<G: Graph> Draw for G {}

/// The pictures of a graph whose subgraphs are expanded: see [`Draw::expanded`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Expanded(Picture);

impl Expanded {
    /// As the text of a Mermaid flowchart: each subgraph a box.
    #[must_use]
    pub fn mermaid(&self) -> String {
        self.0.mermaid()
    }

    /// As Graphviz source: each subgraph a cluster.
    #[must_use]
    pub fn dot(&self) -> String {
        self.0.dot()
    }

    /// As an SVG: nodes of a subgraph are prefixed with its name.
    #[must_use]
    pub fn svg(&self) -> String {
        self.0.svg()
    }

    /// As text art: nodes of a subgraph are prefixed with its name.
    #[must_use]
    pub fn ascii(&self) -> String {
        self.0.ascii()
    }
}

impl Topology {
    fn expanded(&self, levels: usize) -> Picture {
        let mut picture = self.picture();
        for node in self.nodes.iter().filter(|_| levels > 0) {
            if let Some(inner) = node.info.inner {
                picture.expand(node.name, inner().expanded(levels - 1));
            }
        }
        picture
    }

    /// The nodes and edges. The macro draws the same picture for the documentation.
    pub(crate) fn picture(&self) -> Picture {
        let mut picture = Picture::new();
        self.name.clone_into(&mut picture.title);
        for node in self.nodes {
            picture.node(node.name);
            if node.deferred {
                picture.note("defer", "True");
            }
        }
        picture.end();
        for exit in self.exits {
            picture.exit(exit);
        }

        self.plain(&mut picture, Picture::START, self.start);
        self.ways(&mut picture, Picture::START, self.start_branches);
        for node in self.nodes {
            self.plain(&mut picture, node.name, node.edges);
            for (join, _) in node.joins {
                for target in self.joins[*join].targets {
                    picture.joined(node.name, &self.id(*target), *join);
                }
            }
            self.ways(&mut picture, node.name, node.branches);
        }
        picture
    }

    fn ways(&self, picture: &mut Picture, source: &str, branches: &[Branch]) {
        for Branch { target, label, each, .. } in branches {
            if *each {
                picture.each(source, &self.id(*target), label);
            } else {
                picture.branch(source, &self.id(*target), label);
            }
        }
    }

    fn plain(&self, picture: &mut Picture, source: &str, targets: &[Target]) {
        for target in targets {
            picture.edge(source, &self.id(*target));
        }
    }

    fn id(&self, target: Target) -> String {
        match target {
            Target::Node(node) => self.nodes[node].name.to_owned(),
            Target::End => Picture::END.to_owned(),
            Target::Exit(exit) => Picture::exit_id(self.exits[exit]),
        }
    }
}
