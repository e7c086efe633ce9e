//! What leads from one thing to only one other is made straight, where there is room.

use super::Layout;
use super::order::Neighbours;

pub(super) fn straighten(layout: &mut Layout, near: &Neighbours, gap: i64) {
    // The only thing below an item, if that has nothing else above it.
    let next = |item: usize| match &*near.below[item] {
        [below] if near.above[*below].len() == 1 => Some(*below),
        _ => None,
    };
    let places = places(layout);
    let mut seen = vec![false; layout.items.len()];
    let tops: Vec<usize> = layout.layers.iter().flatten().copied().collect();
    for top in tops {
        let mut chain: Vec<usize> = Vec::new();
        let mut room = (i64::MIN, i64::MAX);
        let mut item = Some(top).filter(|top| !seen[*top]);
        while let Some(here) = item {
            seen[here] = true;
            let (left, right) = free(layout, &places, here, gap);
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

/// The place of each item in its layer.
fn places(layout: &Layout) -> Vec<usize> {
    let mut places = vec![0; layout.items.len()];
    for layer in &layout.layers {
        for (place, item) in layer.iter().enumerate() {
            places[*item] = place;
        }
    }
    places
}

/// From where to where the middle of an item can be moved.
fn free(layout: &Layout, places: &[usize], item: usize, gap: i64) -> (i64, i64) {
    let (known, place) = (&layout.items[item], places[item]);
    let layer = &layout.layers[known.layer];
    let apart = |other: usize| (known.width + 1) / 2 + (layout.items[other].width + 1) / 2 + gap;
    let left = place.checked_sub(1).map(|left| layer[left]).map(|left| layout.items[left].x + apart(left));
    let right = layer.get(place + 1).map(|right| layout.items[*right].x - apart(*right));
    (left.unwrap_or(i64::MIN).min(known.x), right.unwrap_or(i64::MAX).max(known.x))
}

fn align(layout: &mut Layout, chain: &[usize], (left, right): (i64, i64)) {
    let sum: i64 = chain.iter().map(|item| layout.items[*item].x).sum();
    let Some(mean) = sum.checked_div(chain.len() as i64) else { return };
    for item in chain {
        layout.items[*item].x = mean.clamp(left, right);
    }
}
