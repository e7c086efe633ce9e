//! The picture of a graph, from its topology.

use graph_draw::Picture;

use super::{Graph, Target, Topology};

/// The graph as the text of a Mermaid flowchart, as LangGraph draws it.
#[must_use]
pub fn mermaid<G: Graph>() -> String {
    G::TOPOLOGY.picture().mermaid()
}

impl Topology {
    /// The nodes and the arrows between them. The macro draws the same for the documentation.
    pub(crate) fn picture(&self) -> Picture {
        let mut picture = Picture::new();
        for node in self.nodes {
            picture.node(node.name);
        }
        picture.end();

        self.plain(&mut picture, Picture::START, self.start);
        for branch in self.start_branches {
            picture.branch(Picture::START, self.id(branch.target), branch.label);
        }
        for node in self.nodes {
            self.plain(&mut picture, node.name, node.edges);
            for (join, _) in node.joins {
                self.plain(&mut picture, node.name, self.joins[*join].targets);
            }
            for branch in node.branches {
                picture.branch(node.name, self.id(branch.target), branch.label);
            }
        }
        picture
    }

    fn plain(&self, picture: &mut Picture, source: &str, targets: &[Target]) {
        for target in targets {
            picture.edge(source, self.id(*target));
        }
    }

    fn id(&self, target: Target) -> &'static str {
        match target {
            Target::Node(node) => self.nodes[node].name,
            Target::End => Picture::END,
        }
    }
}
