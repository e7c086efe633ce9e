//! Straightens chains of items that have one neighbour each, where there is space.

use super::Layout;
use super::order::Neighbours;

pub(super) fn straighten(layout: &mut Layout, near: &Neighbours, gap: i64) {
    // The only neighbour below an item, if it has no other neighbour above.
    let next = |item: usize| match &*near.below[item] {
        [below] if near.above[*below].len() == 1 => Some(*below),
        _ => None,
    };
    let positions = positions(layout);
    let mut seen = vec![false; layout.items.len()];
    let tops: Vec<usize> = layout.layers.iter().flatten().copied().collect();
    for top in tops {
        let mut chain: Vec<usize> = Vec::new();
        let mut room = (i64::MIN, i64::MAX);
        let mut item = Some(top).filter(|top| !seen[*top]);
        while let Some(here) = item {
            seen[here] = true;
            let (left, right) = free(layout, &positions, here, gap);
            let both = (left.max(room.0), right.min(room.1));
            if both.0 > both.1 {
                align(layout, &chain, room);
                chain.clear();
                room = (left, right);
            } else {
                room = both;
            }
            chain.push(here);
            item = next(here);
        }
        align(layout, &chain, room);
    }
}

/// The position of each item in its layer.
fn positions(layout: &Layout) -> Vec<usize> {
    let mut positions = vec![0; layout.items.len()];
    for layer in &layout.layers {
        for (position, item) in layer.iter().enumerate() {
            positions[*item] = position;
        }
    }
    positions
}

/// The range within which the middle of an item can move.
fn free(layout: &Layout, positions: &[usize], item: usize, gap: i64) -> (i64, i64) {
    let (known, position) = (&layout.items[item], positions[item]);
    let layer = &layout.layers[known.layer];
    let apart = |other: usize| (known.width + 1) / 2 + (layout.items[other].width + 1) / 2 + gap;
    let left = position.checked_sub(1).map(|left| layer[left]).map(|left| layout.items[left].x + apart(left));
    let right = layer.get(position + 1).map(|right| layout.items[*right].x - apart(*right));
    (left.unwrap_or(i64::MIN).min(known.x), right.unwrap_or(i64::MAX).max(known.x))
}

fn align(layout: &mut Layout, chain: &[usize], (left, right): (i64, i64)) {
    let sum: i64 = chain.iter().map(|item| layout.items[*item].x).sum();
    let Some(mean) = sum.checked_div(chain.len() as i64) else { return };
    for item in chain {
        layout.items[*item].x = mean.clamp(left, right);
    }
}
