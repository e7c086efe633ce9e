//! Orders each layer: items near the mean of their neighbours, with few crossings.

use super::Layout;

const SWEEPS: usize = 12;

pub(super) fn arrange(layout: &mut Layout) {
    let near = Neighbours::of(layout);
    by_depth(layout, &near);
    let mut best = layout.layers.clone();
    let mut fewest = crossings(&best, &near);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        let down = sweep % 2 == 0;
        let links = if down { &near.above } else { &near.below };
        let count = layout.layers.len();
        for step in 1..count {
            let layer = if down { step } else { count - 1 - step };
            let beside = if down { layer - 1 } else { layer + 1 };
            sort(&mut layout.layers, layer, beside, links);
        }
        let now = crossings(&layout.layers, &near);
        if now < fewest {
            (best, fewest) = (layout.layers.clone(), now);
        }
    }
    layout.layers = best;
}

/// The neighbours of each item in the adjacent layers.
pub(super) struct Neighbours {
    pub above: Vec<Vec<usize>>,
    pub below: Vec<Vec<usize>>,
}

impl Neighbours {
    pub(super) fn of(layout: &Layout) -> Self {
        let mut this =
            Self { above: vec![Vec::new(); layout.items.len()], below: vec![Vec::new(); layout.items.len()] };
        for link in &layout.links {
            this.below[link.from].push(link.to);
            this.above[link.to].push(link.from);
        }
        this
    }
}

/// The initial order: depth-first from the top, in the order of the edges.
fn by_depth(layout: &mut Layout, near: &Neighbours) {
    let mut found = vec![usize::MAX; layout.items.len()];
    let mut count = 0;
    for root in layout.layers.iter().flatten() {
        let mut waiting = vec![*root];
        while let Some(item) = waiting.pop() {
            if found[item] == usize::MAX {
                found[item] = count;
                count += 1;
                waiting.extend(near.below[item].iter().rev());
            }
        }
    }
    for layer in &mut layout.layers {
        layer.sort_by_key(|item| found[*item]);
    }
}

/// Sorts a layer by the mean position of the neighbours in the adjacent layer.
fn sort(layers: &mut [Vec<usize>], layer: usize, beside: usize, links: &[Vec<usize>]) {
    let position = positions(&layers[beside]);
    let mut keyed: Vec<(f64, usize)> = layers[layer]
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let positions: Vec<usize> = links[*item].iter().filter_map(|other| position(*other)).collect();
            let mean = positions.iter().sum::<usize>() as f64 / positions.len().max(1) as f64;
            (if positions.is_empty() { at as f64 } else { mean }, *item)
        })
        .collect();
    keyed.sort_by(|(left, _), (right, _)| left.total_cmp(right));
    layers[layer] = keyed.into_iter().map(|(_, item)| item).collect();
}

/// The position of an item in its layer.
fn positions(layer: &[usize]) -> impl Fn(usize) -> Option<usize> + use<> {
    let mut positions: Vec<(usize, usize)> =
        layer.iter().enumerate().map(|(position, item)| (*item, position)).collect();
    positions.sort_unstable();
    move |item| {
        let at = positions.binary_search_by_key(&item, |(item, _)| *item).ok()?;
        Some(positions[at].1)
    }
}

fn crossings(layers: &[Vec<usize>], near: &Neighbours) -> usize {
    let mut count = 0;
    for pair in layers.windows(2) {
        let position = positions(&pair[1]);
        // The targets of the links so far, sorted: each one behind the next target is a crossing.
        let mut targets: Vec<usize> = Vec::new();
        for item in &pair[0] {
            let mut own: Vec<usize> = near.below[*item].iter().filter_map(|to| position(*to)).collect();
            own.sort_unstable();
            count += own
                .iter()
                .map(|target| targets.len() - targets.partition_point(|known| known <= target))
                .sum::<usize>();
            for target in own {
                targets.insert(targets.partition_point(|known| *known <= target), target);
            }
        }
    }
    count
}
