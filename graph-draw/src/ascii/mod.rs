//! The picture for a terminal, in box-drawing characters.
mod grid;
mod nets;
mod outline;
mod paint;
mod sheet;
#[cfg(test)]
mod tests;

use crate::Picture;
use crate::text::columns;
use sheet::{Sheet, TextWidths};

/// The widths to try, from the widest to the narrowest.
const WIDTHS: [TextWidths; 3] = [
    TextWidths { name: usize::MAX, label: 24, gap: 3 },
    TextWidths { name: 16, label: 16, gap: 2 },
    TextWidths { name: 12, label: 12, gap: 1 },
];
/// The maximum width of a picture.
const WIDTH: usize = 100;

impl Picture {
    /// The picture in box-drawing characters, for a terminal. Conditional edges are dashed, edges of several tasks are
    /// heavy, the sources of a join meet at `all`, and back edges run at the right. A picture wider than 100 columns is
    /// printed as a list of its edges.
    ///
    /// ```
    /// let mut picture = graph_draw::Picture::new();
    /// picture.node("ask");
    /// picture.end();
    /// picture.edge("__start__", "ask");
    /// picture.edge("ask", "__end__");
    /// assert_eq!(
    ///     picture.ascii(),
    ///     "\
    /// ╭───────╮
    /// │ START │
    /// ╰───┬───╯
    ///     ▼
    ///  ┌─────┐
    ///  │ ask │
    ///  └──┬──┘
    ///     ▼
    ///  ╭─────╮
    ///  │ END │
    ///  ╰─────╯
    /// "
    /// );
    /// ```
    #[must_use]
    pub fn ascii(&self) -> String {
        for widths in WIDTHS {
            let mut sheet = Sheet::of(self, widths);
            if usize::try_from(sheet.layout.right()).is_ok_and(|right| right >= WIDTH) {
                continue;
            }
            let text = paint::paint(&mut sheet);
            if text.lines().all(|line| columns(line) <= WIDTH) {
                return text;
            }
        }
        outline::outline(self)
    }
}
