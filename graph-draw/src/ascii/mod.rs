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
use sheet::{Room, Sheet};

/// The room that a picture is given, from the best to the least.
const ROOMS: [Room; 3] = [
    Room { name: usize::MAX, label: 24, gap: 3 },
    Room { name: 16, label: 16, gap: 2 },
    Room { name: 12, label: 12, gap: 1 },
];
/// What a terminal shows in one line.
const WIDTH: usize = 100;

impl Picture {
    /// The picture in boxes and lines, for a terminal. Conditional edges are dashed, edges of several tasks are heavy,
    /// the sources of a join meet at `all`, and what leads back up does so at the right. A picture wider than 100 columns
    /// is a list of its edges instead.
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
        for room in ROOMS {
            let mut sheet = Sheet::of(self, room);
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
