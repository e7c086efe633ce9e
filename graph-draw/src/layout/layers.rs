//! Assigns layers: nodes by their longest path from START, labels and joins between them.

use super::wires::Wires;
use super::{BackEdge, Item, ItemKind, Layout, Link};
use crate::{Picture, Role};

/// The rank of each point: even for nodes, odd for joins, so that labels and joins have separate ranks.
pub(super) fn ranks(picture: &Picture, wires: &Wires) -> Vec<usize> {
    let nodes = picture.nodes.len();
    let has_first = picture.nodes.iter().any(|node| node.role == Role::First);
    let mut ranks: Vec<usize> = (0..wires.points)
        .map(|point| match picture.nodes.get(point) {
            Some(node) if node.role == Role::First || !has_first => 0,
            Some(_) => 2,
            None => 1,
        })
        .collect();
    for &point in &wires.order {
        for wire in wires.wires.iter().filter(|wire| wire.from == point && !wire.back) {
            let step = if point >= nodes || wire.to >= nodes { 1 } else { 2 };
            ranks[wire.to] = ranks[wire.to].max(ranks[point] + step);
        }
    }
    // END has its layer for itself.
    let last = picture.nodes.iter().position(|node| node.role == Role::Last);
    if let Some(last) = last.filter(|last| !wires.wires.iter().any(|wire| wire.from == *last)) {
        let others = (0..wires.points).filter(|point| *point != last).map(|point| ranks[point]).max();
        ranks[last] = others.map_or(0, |lowest| ranks[last].max(lowest / 2 * 2 + 2));
    }
    ranks
}

/// Fills the layers with their items. Empty ranks are dropped.
pub(super) fn fill(picture: &Picture, wires: &Wires, ranks: &[usize]) -> Layout {
    let is_labelled = |edge: usize| !picture.edges[edge].text().is_empty();
    let mut used: Vec<usize> = ranks.to_vec();
    let labels = wires.wires.iter().filter(|wire| !wire.back && is_labelled(wire.edge));
    used.extend(labels.map(|wire| ranks[wire.from] + 1));
    used.sort_unstable();
    used.dedup();
    let layer_of = |rank: usize| used.partition_point(|used| *used < rank);

    let mut layout = Layout { layers: vec![Vec::new(); used.len()], ..Layout::default() };
    let add = |layout: &mut Layout, kind, layer: usize| {
        layout.items.push(Item { kind, layer, width: 0, x: 0 });
        layout.layers[layer].push(layout.items.len() - 1);
        layout.items.len() - 1
    };
    for (point, rank) in ranks.iter().enumerate() {
        let kind = match point.checked_sub(picture.nodes.len()) {
            None => ItemKind::Node(point),
            Some(join) => ItemKind::Join(wires.joins[join]),
        };
        add(&mut layout, kind, layer_of(*rank));
    }
    for wire in &wires.wires {
        if wire.back {
            layout.backs.push(BackEdge { from: wire.from, to: wire.to, edge: wire.edge, width: 0, x: 0 });
            continue;
        }
        let (top, bottom) = (layer_of(ranks[wire.from]), layer_of(ranks[wire.to]));
        let label = is_labelled(wire.edge).then(|| layer_of(ranks[wire.from] + 1));
        let mut from = wire.from;
        for layer in top + 1..bottom {
            let kind = if label == Some(layer) { ItemKind::Label(wire.edge) } else { ItemKind::Pass };
            let to = add(&mut layout, kind, layer);
            layout.links.push(Link { from, to, edge: wire.edge });
            from = to;
        }
        layout.links.push(Link { from, to: wire.to, edge: wire.edge });
    }
    layout
}
