//! A layered layout: positions the nodes of a picture and routes the edges between them.
//!
//! The unit is the caller's: terminal columns or pixels.
mod lanes;
mod layers;
mod order;
mod place;
mod straight;
mod wires;

use crate::Picture;
use wires::Wires;

/// The positions of all items.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// The items of each layer, from top to bottom and from left to right.
    pub layers: Vec<Vec<usize>>,
    /// All items.
    pub items: Vec<Item>,
    /// The lines between adjacent layers.
    pub links: Vec<Link>,
    /// The back edges, each with its lane at the right.
    pub backs: Vec<BackEdge>,
}

/// An item of a layer.
#[derive(Debug)]
pub(crate) struct Item {
    pub kind: ItemKind,
    pub layer: usize,
    pub width: i64,
    /// The position of its middle.
    pub x: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// A node of the picture.
    Node(usize),
    /// The point where the edges of a join meet.
    Join(usize),
    /// The label of an edge, which the edge passes through.
    Label(usize),
    /// An edge that passes a layer (a dummy node).
    Pass,
}

/// A line from an item to one in the next layer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub from: usize,
    pub to: usize,
    /// The edge of the picture that it belongs to.
    pub edge: usize,
}

/// A back edge: one that leads up, or to its own source.
#[derive(Debug)]
pub(crate) struct BackEdge {
    pub from: usize,
    pub to: usize,
    pub edge: usize,
    /// The width of its label.
    pub width: i64,
    /// The position of its lane.
    pub x: i64,
}

/// The measures of the medium.
pub(crate) struct Measure<'a> {
    /// The width of an item with this many incoming and outgoing lines.
    pub width: &'a dyn Fn(ItemKind, usize, usize) -> i64,
    /// The minimum space between two items of a layer.
    pub gap: i64,
    /// The minimum space beside a lane.
    pub lane: i64,
}

impl Layout {
    pub(crate) fn of(picture: &Picture, measure: &Measure<'_>) -> Self {
        let wires = Wires::of(picture);
        let ranks = layers::ranks(picture, &wires);
        let mut layout = layers::fill(picture, &wires, &ranks);
        order::arrange(&mut layout);
        layout.measure(measure);
        place::place(&mut layout, measure.gap);
        lanes::assign(&mut layout, measure);
        layout
    }

    fn measure(&mut self, measure: &Measure<'_>) {
        let mut ends = vec![(0, 0); self.items.len()];
        for link in &self.links {
            ends[link.from].1 += 1;
            ends[link.to].0 += 1;
        }
        for (item, (ins, outs)) in self.items.iter_mut().zip(ends) {
            item.width = (measure.width)(item.kind, ins, outs);
        }
    }

    /// Whether a line can leave an item to the right without touching another item; passing lines may be crossed.
    pub(crate) fn is_open(&self, item: usize) -> bool {
        let layer = &self.layers[self.items[item].layer];
        layer.iter().rev().take_while(|other| **other != item).all(|other| self.items[*other].kind == ItemKind::Pass)
    }

    /// The position of the rightmost element, including lanes and their labels.
    pub(crate) fn right(&self) -> i64 {
        let items = self.items.iter().map(|item| item.x + item.width / 2);
        let lanes = self.backs.iter().map(|back| back.x + back.width / 2);
        items.chain(lanes).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{ItemKind, Layout, Measure};
    use crate::{Picture, samples};

    fn layout(picture: &Picture) -> Layout {
        Layout::of(picture, &Measure { width: &|_, _, _| 10, gap: 2, lane: 2 })
    }

    #[test]
    fn every_link_leads_one_layer_down_and_nothing_overlaps() {
        for (name, picture) in samples::all() {
            let layout = layout(&picture);
            for link in &layout.links {
                assert_eq!(layout.items[link.from].layer + 1, layout.items[link.to].layer, "{name}");
            }
            for layer in &layout.layers {
                for pair in layer.windows(2) {
                    let (left, right) = (&layout.items[pair[0]], &layout.items[pair[1]]);
                    assert!(left.x + left.width / 2 < right.x - right.width / 2, "{name}");
                }
            }
            let nodes = layout.items.iter().filter(|item| matches!(item.kind, ItemKind::Node(_))).count();
            assert_eq!(nodes, picture.nodes.len(), "{name}");
        }
    }

    #[test]
    fn a_loop_has_one_back_edge() {
        let layout = layout(&samples::agent());
        let [back] = &*layout.backs else { panic!("{:?}", layout.backs) };
        assert_eq!(layout.items[back.from].kind, ItemKind::Node(2));
        assert_eq!(layout.items[back.to].kind, ItemKind::Node(1));
    }

    #[test]
    fn a_fork_is_not_crossed_by_its_join() {
        let layout = layout(&samples::fork_join());
        assert_eq!(layout.layers.iter().map(Vec::len).max(), Some(2));
        assert!(layout.backs.is_empty());
    }

    #[test]
    fn empty_and_malformed_pictures_draw_something() {
        assert!(layout(&Picture::default()).layers.is_empty());
        let mut picture = Picture::default();
        picture.node("a");
        picture.edge("a", "nowhere");
        picture.joined("nowhere", "a", 7);
        picture.edge("a", "a");
        let layout = layout(&picture);
        assert_eq!(layout.backs.len(), 1);
    }
}
