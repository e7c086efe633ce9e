//! The lanes of back edges, at the right.

use super::{ItemKind, Layout, Measure};

/// Assigns a lane to each back edge: the shorter the edge, the further to the left.
pub(super) fn assign(layout: &mut Layout, measure: &Measure<'_>) {
    let span = |layout: &Layout, back: usize| {
        let (from, to) = (layout.backs[back].from, layout.backs[back].to);
        let (from, to) = (layout.items[from].layer, layout.items[to].layer);
        // It may leave below its source and enter above its target.
        (from.min(to).saturating_sub(1), from.max(to) + 1)
    };
    let mut order: Vec<usize> = (0..layout.backs.len()).collect();
    order.sort_by_key(|back| {
        let (top, bottom) = span(layout, *back);
        bottom - top
    });
    for (rank, &back) in order.iter().enumerate() {
        let (top, bottom) = span(layout, back);
        let width = (measure.width)(ItemKind::Label(layout.backs[back].edge), 1, 1);
        let items = layout.items.iter().filter(|item| (top..=bottom).contains(&item.layer));
        let lanes = order[..rank].iter().filter_map(|other| {
            let (other_top, other_bottom) = span(layout, *other);
            let other = &layout.backs[*other];
            (other_top <= bottom && top <= other_bottom).then_some(other.x + other.width / 2)
        });
        let free = items.map(|item| item.x + item.width / 2).chain(lanes).max().unwrap_or(0);
        layout.backs[back].width = width;
        layout.backs[back].x = free + measure.lane + (width + 1) / 2;
    }
}
