//! The state of one drawing: the layout, the texts, and the ends of the lines.

use super::grid::Style;
use super::nets::{At, End, Net};
use crate::Picture;
use crate::layout::{BackEdge, ItemKind, Layout, Measure};
use crate::text::{widest, wrap};

/// The available width.
#[derive(Clone, Copy)]
pub(super) struct TextWidths {
    /// The longest line in a box.
    pub name: usize,
    /// The longest line of a label.
    pub label: usize,
    pub gap: i64,
}

pub(super) struct Sheet<'a> {
    pub picture: &'a Picture,
    pub widths: TextWidths,
    pub layout: Layout,
    /// The column of each item's middle.
    pub x: Vec<i64>,
    /// The columns where lines leave each item downwards.
    pub roots: Vec<Vec<(i64, Style)>>,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(picture: &'a Picture, widths: TextWidths) -> Self {
        let width = |kind, ins: usize, outs: usize| {
            let text = widest(&lines(picture, widths, kind)) as i64;
            // Odd, so that there is a middle.
            match kind {
                ItemKind::Node(_) => (text + 4).max(2 * ins.max(outs).min(4) as i64 + 3) | 1,
                ItemKind::Pass => 1,
                ItemKind::Join(_) | ItemKind::Label(_) => text | 1,
            }
        };
        let layout = Layout::of(picture, &Measure { width: &width, gap: widths.gap, lane: 2 });
        let x: Vec<i64> = layout.items.iter().map(|item| item.x).collect();
        let roots = vec![Vec::new(); x.len()];
        Self { picture, widths, layout, x, roots }
    }

    pub(super) fn lines(&self, kind: ItemKind) -> Vec<String> {
        lines(self.picture, self.widths, kind)
    }

    pub(super) fn style(&self, edge: usize) -> Style {
        Style::of(self.picture.edges[edge].kind)
    }

    pub(super) fn is_node(&self, item: usize) -> bool {
        matches!(self.layout.items[item].kind, ItemKind::Node(_))
    }

    /// The columns of the left and the right border of an item.
    pub(super) fn borders(&self, item: usize) -> (i64, i64) {
        let half = self.layout.items[item].width / 2;
        (self.x[item] - half, self.x[item] + half)
    }

    pub(super) fn x_of(&self, at: At) -> i64 {
        match at {
            At::Item(item) => self.x[item],
            At::Lane(back) => self.layout.backs[back].x,
        }
    }

    /// Whether a back edge enters its target at the right side, not from above.
    pub(super) fn enters_aside(&self, back: usize) -> bool {
        let to = self.layout.backs[back].to;
        self.is_node(to) && self.layout.is_open(to)
    }

    /// Whether a back edge leaves its source at the right side, not from below.
    pub(super) fn exits_aside(&self, back: usize) -> bool {
        let BackEdge { from, edge, .. } = self.layout.backs[back];
        let mut others = self.layout.backs.iter().enumerate();
        self.is_node(from)
            && self.layout.is_open(from)
            // One row serves both, in one style.
            && !others.any(|(index, other)| {
                other.to == from && self.enters_aside(index)
                    || other.from == from && self.style(other.edge) != self.style(edge)
            })
            // A fork has one root.
            && !self.layout.links.iter().any(|link| link.from == from && self.style(link.edge) == self.style(edge))
    }

    /// The column where a net reaches an item below it.
    #[expect(clippy::unused_self, reason = "beside `move_end`")]
    pub(super) fn end(&self, net: &Net, item: usize) -> i64 {
        net.bottoms.iter().find(|end| end.at == At::Item(item)).map_or(0, |end| end.x)
    }

    /// Moves the end of a net at an item below it: within a box; a label or a passing line moves as a whole. Without
    /// space, nothing moves.
    pub(super) fn move_end(&mut self, net: &mut Net, item: usize, x: i64) {
        let layer = &self.layout.layers[self.layout.items[item].layer];
        let (left, right) = self.borders(item);
        if self.is_node(item) {
            if x <= left || x >= right {
                return;
            }
        } else {
            let step = x - self.x[item];
            let free = layer.iter().filter(|other| **other != item).all(|other| {
                let (from, to) = self.borders(*other);
                // On the side where it was, with a column between.
                if from > self.x[item] { right + step + 1 < from } else { to + 1 < left + step }
            });
            if !free || left + step < 0 {
                return;
            }
            self.x[item] = x;
        }
        for end in net.bottoms.iter_mut().filter(|end| end.at == At::Item(item)) {
            *end = End { x, ..*end };
        }
    }
}

/// The text lines of an item.
fn lines(picture: &Picture, widths: TextWidths, kind: ItemKind) -> Vec<String> {
    match kind {
        ItemKind::Node(node) => picture.nodes[node].lines().iter().flat_map(|line| wrap(line, widths.name)).collect(),
        ItemKind::Label(edge) => wrap(&picture.edges[edge].text(), widths.label),
        ItemKind::Join(_) => vec!["all".to_owned()],
        ItemKind::Pass => Vec::new(),
    }
}
