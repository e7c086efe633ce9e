//! The graph as a picture, for its documentation. graph-core draws the same from the topology.

use graph_draw::Picture;

use super::model::{Model, Target};

pub(super) fn of(model: &Model<'_>) -> Picture {
    let mut picture = Picture::new();
    for node in &model.nodes {
        picture.node(&node.name);
    }
    picture.end();

    let id = |target: Target| match target {
        Target::Node(node) => &*model.nodes[node].name,
        Target::End => Picture::END,
    };
    for from in std::iter::once(None).chain((0..model.nodes.len()).map(Some)) {
        let source = from.map_or(Picture::START, |node| &*model.nodes[node].name);
        let exits = model.exits(from);
        for edge in &exits.edges {
            picture.edge(source, id(edge.target));
        }
        for (join, _) in &exits.joins {
            for edge in &model.joins[*join].targets {
                picture.edge(source, id(edge.target));
            }
        }
        for branch in &exits.branches {
            picture.branch(source, id(branch.target), &branch.label);
        }
    }
    picture
}
