//! The positions of a drawing, in pixels.

use crate::Picture;
use crate::layout::{ItemKind, Layout, Measure};
use crate::text::{widest, wrap};

/// The height of a line of text.
pub(super) const LINE: i64 = 16;
/// The margin around the drawing.
const MARGIN: i64 = 12;
/// The distance between lines that lead to lanes below a layer.
const RAIL: i64 = 10;
/// The maximum width of a label, in columns.
const LABEL: usize = 24;

pub(super) struct Sheet<'a> {
    pub picture: &'a Picture,
    pub layout: Layout,
    /// The upper and the lower edge of each layer.
    layers: Vec<(i64, i64)>,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(picture: &'a Picture) -> Self {
        let width = |kind, _, _| match kind {
            ItemKind::Node(node) => (widest(&picture.nodes[node].lines()) as i64 * 8 + 28).max(64),
            ItemKind::Label(edge) => widest(&wrap(&picture.edges[edge].text(), LABEL)) as i64 * 15 / 2 + 8,
            ItemKind::Join(_) => 48,
            ItemKind::Pass => 2,
        };
        let mut layout = Layout::of(picture, &Measure { width: &width, gap: 24, lane: 20 });
        for x in layout.items.iter_mut().map(|item| &mut item.x).chain(layout.backs.iter_mut().map(|back| &mut back.x))
        {
            *x += MARGIN;
        }
        let mut this = Self { picture, layout, layers: Vec::new() };
        this.stack();
        this
    }

    /// Stacks the layers: the further the lines between two layers run sideways, the more space.
    fn stack(&mut self) {
        let mut y = MARGIN;
        for layer in 0..self.layout.layers.len() {
            let items = &self.layout.layers[layer];
            let height = items.iter().map(|item| self.height(self.layout.items[*item].kind)).max().unwrap_or(0);
            self.layers.push((y, y + height));
            let links = self.layout.links.iter().filter(|link| self.layout.items[link.from].layer == layer);
            let aside = links.map(|link| (self.layout.items[link.from].x - self.layout.items[link.to].x).abs());
            let backs =
                (0..self.layout.backs.len()).filter(|back| self.below(*back).is_some_and(|(on, _)| on == layer));
            y += height + (24 + aside.max().unwrap_or(0) / 8).min(60) + RAIL * backs.count() as i64;
        }
    }

    /// Whether a line can leave or enter an item at its right side.
    pub(super) fn is_aside(&self, item: usize) -> bool {
        self.layout.is_open(item) && matches!(self.layout.items[item].kind, ItemKind::Node(_))
    }

    /// The layer below which a back edge has to leave, and how far, if it cannot leave at the right.
    pub(super) fn below(&self, back: usize) -> Option<(usize, i64)> {
        let layer = |back: usize| {
            let from = self.layout.backs[back].from;
            (!self.is_aside(from)).then_some(self.layout.items[from].layer)
        };
        let own = layer(back)?;
        let before = (0..back).filter(|other| layer(*other) == Some(own)).count();
        Some((own, RAIL * (before as i64 + 1)))
    }

    fn height(&self, kind: ItemKind) -> i64 {
        match kind {
            ItemKind::Node(node) => 20 + LINE * self.picture.nodes[node].lines().len() as i64,
            ItemKind::Label(edge) => LINE * self.label(edge).len() as i64 + 4,
            ItemKind::Join(_) => 5,
            ItemKind::Pass => 0,
        }
    }

    pub(super) fn label(&self, edge: usize) -> Vec<String> {
        wrap(&self.picture.edges[edge].text(), LABEL)
    }

    /// The left and the right edge of an item.
    pub(super) fn borders(&self, item: usize) -> (i64, i64) {
        let item = &self.layout.items[item];
        (item.x - item.width / 2, item.x + item.width / 2)
    }

    /// The upper and the lower edge of an item, in the middle of its layer; a passing line spans the whole layer.
    pub(super) fn rows(&self, item: usize) -> (i64, i64) {
        let item = &self.layout.items[item];
        let (top, bottom) = self.layers[item.layer];
        if item.kind == ItemKind::Pass {
            return (top, bottom);
        }
        let height = self.height(item.kind);
        let top = i64::midpoint(top, bottom) - height / 2;
        (top, top + height)
    }

    /// The edges of the layer of an item.
    pub(super) fn layer(&self, item: usize) -> (i64, i64) {
        self.layers[self.layout.items[item].layer]
    }

    pub(super) fn size(&self) -> (i64, i64) {
        // A back edge of the last layer may leave it downwards.
        let last = self.layers.len().wrapping_sub(1);
        let rails =
            (0..self.layout.backs.len()).filter_map(|back| self.below(back)).filter(|(layer, _)| *layer == last);
        let bottom =
            self.layers.last().map_or(0, |(_, bottom)| *bottom) + rails.map(|(_, rail)| rail).max().unwrap_or(0);
        (self.layout.right() + MARGIN, bottom + MARGIN)
    }
}
