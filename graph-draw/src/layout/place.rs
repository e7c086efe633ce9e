//! The place of everything from left to right: as near as can be to what it is linked to, without overlaps.

use super::order::Neighbours;
use super::straight::straighten;
use super::{Layout, What};

const SWEEPS: usize = 8;

pub(super) fn place(layout: &mut Layout, gap: i64) {
    let near = Neighbours::of(layout);
    let mut x = vec![0.0; layout.items.len()];
    for layer in &layout.layers {
        settle(layout, layer, gap, &mut x, |_| None);
    }
    let count = layout.layers.len();
    for _ in 0..SWEEPS {
        for layer in 0..count {
            settle(layout, &layout.layers[layer], gap, &mut x, |item| Some(&near.above[item]));
        }
        for layer in (0..count).rev() {
            settle(layout, &layout.layers[layer], gap, &mut x, |item| Some(&near.below[item]));
        }
    }
    // At last each between all that it is linked to.
    let both: Vec<Vec<usize>> =
        (0..x.len()).map(|item| [&near.above[item][..], &near.below[item][..]].concat()).collect();
    for sweep in 0..2 * SWEEPS {
        for layer in (0..count).map(|layer| if sweep % 2 == 0 { layer } else { count - 1 - layer }) {
            settle(layout, &layout.layers[layer], gap, &mut x, |item| Some(&both[item]));
        }
    }
    for (item, x) in layout.items.iter_mut().zip(x) {
        item.x = x.round() as i64;
    }
    // Twice, as what has moved makes room for what could not.
    straighten(layout, &near, gap);
    straighten(layout, &near, gap);
    let left = layout.items.iter().map(|item| item.x - item.width / 2).min().unwrap_or(0);
    for item in &mut layout.items {
        item.x -= left;
    }
}

/// How strongly one thing wants to stand under another: long lines had better be straight.
fn pull(layout: &Layout, item: usize, other: usize) -> f64 {
    match [item, other].map(|item| layout.items[item].what) {
        [What::Pass, What::Pass] => 8.0,
        [What::Pass, _] | [_, What::Pass] => 2.0,
        _ => 1.0,
    }
}

/// Moves the items of a layer to the middle of what they are linked to; where they would overlap, together to their
/// common mean (which is the best there is, by least squares).
fn settle<'a>(
    layout: &Layout,
    layer: &[usize],
    gap: i64,
    x: &mut [f64],
    links: impl Fn(usize) -> Option<&'a Vec<usize>>,
) {
    /// Items that touch each other.
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

    // Where each would stand if the first stood at zero and all touched.
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
                let pulls = linked.iter().map(|other| (pull(layout, *item, *other), x[*other]));
                let (sum, all) = pulls.fold((0.0, 0.0), |(sum, all), (pull, x)| (sum + pull * x, all + pull));
                sum / all
            }
        };
        let weight = if layout.items[*item].what == What::Pass { 4.0 } else { 1.0 };
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
