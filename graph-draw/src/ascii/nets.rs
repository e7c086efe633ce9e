//! Nets: groups of lines between two layers that share segments.

use super::grid::Style;
use super::sheet::Sheet;
use crate::layout::ItemKind;

/// Lines that share segments, as a fork or as merging edges.
#[derive(Debug)]
pub(super) struct Net {
    pub style: Style,
    /// The ends at the upper layer, with their columns.
    pub tops: Vec<End>,
    /// The ends at the lower layer.
    pub bottoms: Vec<End>,
}

/// The end of a net: at an item, or in the lane of a back edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub at: At,
    pub x: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Item(usize),
    Lane(usize),
}

impl Net {
    pub(super) fn columns(&self) -> impl Iterator<Item = i64> {
        self.tops.iter().chain(&self.bottoms).map(|end| end.x)
    }

    /// The leftmost and the rightmost column.
    pub(super) fn span(&self) -> (i64, i64) {
        let left = self.columns().min().unwrap_or(0);
        (left, self.columns().max().unwrap_or(left))
    }

    pub(super) fn is_straight(&self) -> bool {
        let (left, right) = self.span();
        left == right
    }

    fn mean(ends: &[End]) -> i64 {
        // In sixteenths of a column, for precision.
        16 * ends.iter().map(|end| end.x).sum::<i64>() / ends.len().max(1) as i64
    }
}

/// The nets below a layer, each end at the middle of its item.
pub(super) fn below(sheet: &Sheet<'_>, layer: usize) -> Vec<Net> {
    let mut nets: Vec<Net> = Vec::new();
    let end = |at| End { at, x: sheet.x_of(at) };
    let leaves = |item: usize| sheet.layout.items[item].layer == layer;

    // Lines from one item in the same style form a fork.
    let links = sheet.layout.links.iter().filter(|link| leaves(link.from));
    let links = links.map(|link| (link.from, At::Item(link.to), link.edge));
    let backs =
        sheet.layout.backs.iter().enumerate().filter(|(index, back)| leaves(back.from) && !sheet.exits_aside(*index));
    let backs = backs.map(|(index, back)| (back.from, At::Lane(index), back.edge));
    for (from, to, edge) in links.chain(backs) {
        let (from, style) = (end(At::Item(from)), sheet.style(edge));
        let known = nets.iter().position(|net| net.style == style && net.tops.first() == Some(&from));
        let index = known.unwrap_or_else(|| {
            nets.push(Net { style, tops: vec![from], bottoms: Vec::new() });
            nets.len() - 1
        });
        let net = &mut nets[index];
        // A lane entered from below starts here and leads up.
        if matches!(to, At::Lane(_)) { net.tops.push(end(to)) } else { net.bottoms.push(end(to)) }
    }

    // Lines to one item in the same style merge.
    let mut merged: Vec<Net> = Vec::new();
    for net in nets {
        let alone = |net: &Net| net.tops.iter().all(|top| matches!(top.at, At::Item(_))) && net.bottoms.len() == 1;
        let same = |known: &&mut Net| known.style == net.style && known.bottoms == net.bottoms && alone(known);
        match merged.iter_mut().find(same).filter(|_| alone(&net)) {
            Some(known) => known.tops.extend(net.tops),
            None => merged.push(net),
        }
    }

    for (index, back) in sheet.layout.backs.iter().enumerate() {
        if sheet.layout.items[back.to].layer == layer + 1 && !sheet.enters_aside(index) {
            let bottoms = vec![end(At::Item(back.to)), end(At::Lane(index))];
            merged.push(Net { style: sheet.style(back.edge), tops: Vec::new(), bottoms });
        }
    }
    merged
}

/// Separates the ends of several nets at one box, and straightens nets where possible.
pub(super) fn spread(sheet: &mut Sheet<'_>, layer: usize, nets: &mut [Net]) {
    for item in sheet.layout.layers[layer].clone() {
        spread_at(sheet, item, nets, |net| (&mut net.tops, Net::mean(&net.bottoms)));
    }
    for item in sheet.layout.layers.get(layer + 1).cloned().unwrap_or_default() {
        spread_at(sheet, item, nets, |net| {
            let mean = if net.tops.is_empty() { i64::MAX } else { Net::mean(&net.tops) };
            (&mut net.bottoms, mean)
        });
        straighten(sheet, item, nets);
    }
    untangle(sheet, nets);
}

fn spread_at(sheet: &Sheet<'_>, item: usize, nets: &mut [Net], ends: impl Fn(&mut Net) -> (&mut Vec<End>, i64)) {
    let at = At::Item(item);
    let mut here: Vec<(i64, usize)> = Vec::new();
    for (index, net) in nets.iter_mut().enumerate() {
        let (ends, mean) = ends(net);
        if ends.iter().any(|end| end.at == at) {
            here.push((mean, index));
        }
    }
    here.sort_unstable();
    let count = here.len() as i64;
    if count < 2 || !matches!(sheet.layout.items[item].kind, ItemKind::Node(_)) {
        return;
    }
    let step = ((sheet.layout.items[item].width - 3) / (count - 1)).clamp(0, 4);
    let left = sheet.x[item] - step * (count - 1) / 2;
    for (index, (_, net)) in here.into_iter().enumerate() {
        for end in ends(&mut nets[net]).0.iter_mut().filter(|end| end.at == at) {
            end.x = left + step * index as i64;
        }
    }
}

/// Moves the end at an item if one line reaches it almost straight.
fn straighten(sheet: &mut Sheet<'_>, item: usize, nets: &mut [Net]) {
    let nearly = if sheet.layout.items[item].kind == ItemKind::Pass { 12 } else { 2 };
    let mut here = nets.iter_mut().filter(|net| net.bottoms.iter().any(|end| end.at == At::Item(item)));
    let (Some(net), None) = (here.next(), here.next()) else { return };
    let x = sheet.x[item];
    let Some(to) = net.tops.iter().map(|top| top.x).find(|top| *top != x && (top - x).abs() <= nearly) else { return };
    if net.tops.len() == 1 {
        sheet.move_end(net, item, to);
    }
}

/// Two nets with swapped columns cannot pass each other: moves one of them.
fn untangle(sheet: &mut Sheet<'_>, nets: &mut [Net]) {
    for index in 0..nets.len() {
        let tangled = |net: &Net, end: &End, nets: &[Net]| {
            nets.iter().enumerate().any(|(other, known)| {
                other != index
                    && known.tops.iter().any(|top| top.x == end.x)
                    && known.bottoms.iter().any(|bottom| net.tops.iter().any(|top| top.x == bottom.x))
            })
        };
        let ends = nets[index].bottoms.clone();
        for end in ends {
            let At::Item(item) = end.at else { continue };
            for step in [1, -1, 2, -2] {
                if !tangled(&nets[index], &End { x: sheet.end(&nets[index], item), ..end }, nets) {
                    break;
                }
                sheet.move_end(&mut nets[index], item, end.x + step);
            }
        }
    }
}

/// The row of each net between the two layers, from 0; straight nets need no row.
#[expect(clippy::maybe_infinite_iter, reason = "only finitely many rows are taken")]
pub(super) fn tracks(nets: &[Net]) -> (Vec<i64>, i64) {
    let bent: Vec<usize> = (0..nets.len()).filter(|net| !nets[*net].is_straight()).collect();
    // A net that enters a column from above needs a row above one that leaves the column downwards.
    let before = |first: usize, second: usize| {
        first != second && nets[first].tops.iter().any(|top| nets[second].bottoms.iter().any(|end| end.x == top.x))
    };
    let mut track = vec![None; nets.len()];
    while let Some(&some) = bent.iter().find(|net| track[**net].is_none()) {
        let waits = |net: usize| bent.iter().any(|other| track[*other].is_none() && before(*other, net));
        let next = bent.iter().copied().find(|net| track[*net].is_none() && !waits(*net)).unwrap_or(some);
        let above = bent.iter().filter(|other| before(**other, next)).filter_map(|other| track[*other]).max();
        let (left, right) = nets[next].span();
        let taken = |row: i64| {
            bent.iter().filter(|other| track[**other] == Some(row)).any(|other| {
                let (from, to) = nets[*other].span();
                from <= right + 1 && left <= to + 1
            })
        };
        track[next] = (above.map_or(0, |above| above + 1)..).find(|row| !taken(*row));
    }
    let rows = track.iter().flatten().max().map_or(0, |last| last + 1);
    (track.into_iter().map(|row| row.unwrap_or(0)).collect(), rows)
}
