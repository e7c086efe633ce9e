//! Expands subgraph nodes: replaces them by the nodes of their graph.

use crate::{Edge, Node, Picture};

impl Picture {
    /// Replaces a node by the picture of its graph. Edges into the node lead to the graph's START; edges out of it
    /// leave the graph's END, or the exit that their label names.
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
    /// outer.expand("find", inner);
    /// assert_eq!(outer.nodes[2].id, "find:search");
    /// assert!(outer.mermaid().contains("\tsubgraph find\n"));
    /// ```
    pub fn expand(&mut self, id: &str, inner: Self) {
        let Some(place) = self.nodes.iter().position(|node| node.id == id) else { return };
        let expanded = self.nodes.remove(place);
        let within = |inner: &str| format!("{id}:{inner}");
        let mut exits = Vec::new();
        let nodes = inner.nodes.into_iter().map(|node| {
            if node.id.starts_with("__end_") && node.id != Self::END {
                exits.push((node.label.trim_start_matches("END::").to_owned(), within(&node.id)));
            }
            let group = expanded.group.iter().cloned().chain([expanded.label.clone()]).chain(node.group).collect();
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

    /// The nodes outside all groups, then each group with its nodes, in the order of their first nodes.
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

/// A group of nodes.
#[derive(Default)]
pub(crate) struct Group<'a> {
    pub nodes: Vec<&'a Node>,
    pub inner: Vec<(&'a str, Group<'a>)>,
}

impl<'a> Group<'a> {
    /// The id of its first node.
    pub(crate) fn first_id(&self) -> Option<&'a str> {
        let inner = || self.inner.iter().find_map(|(_, group)| group.first_id());
        self.nodes.first().map(|node| &*node.id).or_else(inner)
    }
}

/// The last segment of a label: `TooLong` of `ChildGraphExit::TooLong`.
fn last_word(label: &str) -> &str {
    label.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or(label)
}
