//! Assigns horizontal positions: as close as possible to the neighbours, without overlaps.

use super::order::Neighbours;
use super::straight::straighten;
use super::{ItemKind, Layout};

const SWEEPS: usize = 8;

pub(super) fn place(layout: &mut Layout, gap: i64) {
    let near = Neighbours::of(layout);
    let mut x = vec![0.0; layout.items.len()];
    for layer in &layout.layers {
        move_to_neighbours(layout, layer, gap, &mut x, |_| None);
    }
    let count = layout.layers.len();
    for _ in 0..SWEEPS {
        for layer in 0..count {
            move_to_neighbours(layout, &layout.layers[layer], gap, &mut x, |item| Some(&near.above[item]));
        }
        for layer in (0..count).rev() {
            move_to_neighbours(layout, &layout.layers[layer], gap, &mut x, |item| Some(&near.below[item]));
        }
    }
    // Finally, between the neighbours above and below.
    let both: Vec<Vec<usize>> =
        (0..x.len()).map(|item| [&near.above[item][..], &near.below[item][..]].concat()).collect();
    for sweep in 0..2 * SWEEPS {
        for layer in (0..count).map(|layer| if sweep % 2 == 0 { layer } else { count - 1 - layer }) {
            move_to_neighbours(layout, &layout.layers[layer], gap, &mut x, |item| Some(&both[item]));
        }
    }
    for (item, x) in layout.items.iter_mut().zip(x) {
        item.x = x.round() as i64;
    }
    // Twice, because moved items make space for others.
    straighten(layout, &near, gap);
    straighten(layout, &near, gap);
    let left = layout.items.iter().map(|item| item.x - item.width / 2).min().unwrap_or(0);
    for item in &mut layout.items {
        item.x -= left;
    }
}

/// The weight of a neighbour: long lines should be straight.
fn neighbour_weight(layout: &Layout, item: usize, other: usize) -> f64 {
    match [item, other].map(|item| layout.items[item].kind) {
        [ItemKind::Pass, ItemKind::Pass] => 8.0,
        [ItemKind::Pass, _] | [_, ItemKind::Pass] => 2.0,
        _ => 1.0,
    }
}

/// Moves the items of a layer to the mean of their neighbours; overlapping items form a block at their common mean,
/// which is the least-squares optimum (pool adjacent violators).
fn move_to_neighbours<'a>(
    layout: &Layout,
    layer: &[usize],
    gap: i64,
    x: &mut [f64],
    links: impl Fn(usize) -> Option<&'a Vec<usize>>,
) {
    /// Adjacent items without space between them.
    struct Block {
        sum: f64,
        weight: f64,
        items: usize,
    }
    impl Block {
        fn mean(&self) -> f64 {
            self.sum / self.weight
        }
    }

    // The offset of each item from the first if there were no free space.
    let mut offsets = Vec::with_capacity(layer.len());
    let mut offset = 0;
    for (at, item) in layer.iter().enumerate() {
        if let Some(before) = at.checked_sub(1) {
            let (left, right) = (&layout.items[layer[before]], &layout.items[*item]);
            offset += (left.width + 1) / 2 + (right.width + 1) / 2 + gap;
        }
        offsets.push(offset as f64);
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (item, offset) in layer.iter().zip(&offsets) {
        let wanted = match links(*item) {
            None => *offset - offsets[offsets.len() - 1] / 2.0,
            Some(linked) if linked.is_empty() => x[*item],
            Some(linked) => {
                let pulls = linked.iter().map(|other| (neighbour_weight(layout, *item, *other), x[*other]));
                let (sum, all) = pulls.fold((0.0, 0.0), |(sum, all), (pull, x)| (sum + pull * x, all + pull));
                sum / all
            }
        };
        let weight = if layout.items[*item].kind == ItemKind::Pass { 4.0 } else { 1.0 };
        blocks.push(Block { sum: (wanted - offset) * weight, weight, items: 1 });
        while let [.., before, last] = &*blocks {
            if before.mean() <= last.mean() {
                break;
            }
            let (sum, weight, items) = (before.sum + last.sum, before.weight + last.weight, before.items + last.items);
            blocks.truncate(blocks.len() - 2);
            blocks.push(Block { sum, weight, items });
        }
    }
    let means = blocks.iter().flat_map(|block| std::iter::repeat_n(block.mean(), block.items));
    for ((item, offset), mean) in layer.iter().zip(&offsets).zip(means) {
        x[*item] = mean + offset;
    }
}
