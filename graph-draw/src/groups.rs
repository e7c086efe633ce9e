//! Nodes that are graphs, opened: what is inside stands in their place.

use crate::{Edge, Node, Picture};

impl Picture {
    /// Puts the picture of a graph in the place of the node that it is. What led to the node leads to the graph's START;
    /// what led out of it comes out of its END, or out of the exit that its label names.
    ///
    /// ```
    /// use graph_draw::Picture;
    ///
    /// let mut inner = Picture::new();
    /// inner.node("search");
    /// inner.end();
    /// inner.edge(Picture::START, "search");
    /// let mut outer = Picture::new();
    /// outer.node("find");
    /// outer.edge(Picture::START, "find");
    /// outer.open("find", inner);
    /// assert_eq!(outer.nodes[2].id, "find:search");
    /// assert!(outer.mermaid().contains("\tsubgraph find\n"));
    /// ```
    pub fn open(&mut self, id: &str, inner: Self) {
        let Some(place) = self.nodes.iter().position(|node| node.id == id) else { return };
        let opened = self.nodes.remove(place);
        let within = |inner: &str| format!("{id}:{inner}");
        let mut exits = Vec::new();
        let nodes = inner.nodes.into_iter().map(|node| {
            if node.id.starts_with("__end_") && node.id != Self::END {
                exits.push((node.label.trim_start_matches("END::").to_owned(), within(&node.id)));
            }
            let group = opened.group.iter().cloned().chain([opened.label.clone()]).chain(node.group).collect();
            Node { id: within(&node.id), group, ..node }
        });
        let nodes: Vec<Node> = nodes.collect();
        self.nodes.splice(place..place, nodes);
        for edge in &mut self.edges {
            if edge.target == id {
                edge.target = within(Self::START);
            }
            if edge.source == id {
                let exit = exits.iter().find(|(name, _)| last_word(&edge.label) == name);
                edge.source = exit.map_or_else(|| within(Self::END), |(_, exit)| exit.clone());
            }
        }
        let inside = inner.edges.into_iter().map(|edge| Edge {
            source: within(&edge.source),
            target: within(&edge.target),
            ..edge
        });
        self.edges.extend(inside);
    }

    /// The nodes in no group, and then each group with what is inside, in the order of their first nodes.
    pub(crate) fn groups(&self) -> Group<'_> {
        let mut top = Group::default();
        for node in &self.nodes {
            let mut group = &mut top;
            for name in &node.group {
                let place = group.inner.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
                    group.inner.push((name, Group::default()));
                    group.inner.len() - 1
                });
                group = &mut group.inner[place].1;
            }
            group.nodes.push(node);
        }
        top
    }
}

/// Nodes that stand together.
#[derive(Default)]
pub(crate) struct Group<'a> {
    pub nodes: Vec<&'a Node>,
    pub inner: Vec<(&'a str, Group<'a>)>,
}

impl<'a> Group<'a> {
    /// The id of the first node in it.
    pub(crate) fn first_id(&self) -> Option<&'a str> {
        let inner = || self.inner.iter().find_map(|(_, group)| group.first_id());
        self.nodes.first().map(|node| &*node.id).or_else(inner)
    }
}

/// The last word of a label: `TooLong` of `ChildGraphExit::TooLong`.
fn last_word(label: &str) -> &str {
    label.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or(label)
}
