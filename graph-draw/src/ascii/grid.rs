//! A grid of characters that joins crossing lines.

use std::collections::BTreeMap;

use crate::Kind;
use crate::text::char_columns;

pub(super) const UP: u8 = 1;
pub(super) const DOWN: u8 = 2;
pub(super) const LEFT: u8 = 4;
pub(super) const RIGHT: u8 = 8;
const VERTICAL: u8 = UP | DOWN;
const HORIZONTAL: u8 = LEFT | RIGHT;

const LIGHT: [char; 16] = [' ', '│', '│', '│', '─', '┘', '┐', '┤', '─', '└', '┌', '├', '─', '┴', '┬', '┼'];
const HEAVY: [char; 16] = [' ', '┃', '┃', '┃', '━', '┛', '┓', '┫', '━', '┗', '┏', '┣', '━', '┻', '┳', '╋'];
/// The second column of a wide character, which is not printed.
const REST: char = '\0';

/// The style of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    Plain,
    Dashed,
    Heavy,
}

impl Style {
    pub(super) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Always | Kind::Joined(_) => Self::Plain,
            Kind::Branch => Self::Dashed,
            Kind::Each => Self::Heavy,
        }
    }

    fn char(self, ways: u8) -> char {
        match (self, ways) {
            (Self::Dashed, VERTICAL) => '╎',
            (Self::Dashed, HORIZONTAL) => '╌',
            (Self::Heavy, ways) => HEAVY[usize::from(ways & 15)],
            (_, ways) => LIGHT[usize::from(ways & 15)],
        }
    }
}

/// The strokes of one line: the directions in which it leaves each cell.
#[derive(Default)]
pub(super) struct Strokes(BTreeMap<(i64, i64), u8>);

impl Strokes {
    /// A vertical stroke from the upper edge of one row to the lower edge of another, both included.
    pub(super) fn down(&mut self, x: i64, top: i64, bottom: i64) {
        for y in top..=bottom {
            self.add(x, y, VERTICAL);
        }
    }

    /// A horizontal stroke from the middle of one cell to the middle of another.
    pub(super) fn across(&mut self, y: i64, from: i64, to: i64) {
        let (left, right) = (from.min(to), from.max(to));
        for x in left..right {
            self.add(x, y, RIGHT);
            self.add(x + 1, y, LEFT);
        }
    }

    pub(super) fn add(&mut self, x: i64, y: i64, ways: u8) {
        *self.0.entry((x, y)).or_default() |= ways;
    }
}

#[derive(Clone, Copy)]
enum Cell {
    Empty,
    Text(char),
    Line { ways: u8, style: Style },
}

#[derive(Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Cell>>,
}

impl Grid {
    /// Draws a line. Where it crosses another, the vertical one is in front, without a junction.
    pub(super) fn line(&mut self, strokes: &Strokes, style: Style) {
        for (&(x, y), &ways) in &strokes.0 {
            let Some(cell) = self.cell(x, y) else { continue };
            *cell = match *cell {
                Cell::Line { ways: VERTICAL, style } if ways == HORIZONTAL => Cell::Line { ways: VERTICAL, style },
                Cell::Line { ways: HORIZONTAL, .. } if ways == VERTICAL => Cell::Line { ways, style },
                Cell::Line { ways: known, .. } => Cell::Line { ways: known | ways, style },
                Cell::Empty => Cell::Line { ways, style },
                Cell::Text(text) => Cell::Text(text),
            };
        }
    }

    /// Writes a text over the existing cells.
    pub(super) fn text(&mut self, mut x: i64, y: i64, text: &str) {
        for letter in text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }) {
            self.put(x, y, letter);
            x += 1;
            if char_columns(letter) == 2 {
                self.put(x, y, REST);
                x += 1;
            }
        }
    }

    pub(super) fn put(&mut self, x: i64, y: i64, letter: char) {
        if let Some(cell) = self.cell(x, y) {
            *cell = Cell::Text(letter);
        }
    }

    /// A cell; the grid grows to contain it, but not above or to the left.
    fn cell(&mut self, x: i64, y: i64) -> Option<&mut Cell> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        if self.rows.len() <= y {
            self.rows.resize_with(y + 1, Vec::new);
        }
        let row = &mut self.rows[y];
        if row.len() <= x {
            row.resize(x + 1, Cell::Empty);
        }
        row.get_mut(x)
    }

    pub(super) fn print(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            let line: String = row
                .iter()
                .map(|cell| match *cell {
                    Cell::Empty => ' ',
                    Cell::Text(letter) => letter,
                    Cell::Line { ways, style } => style.char(ways),
                })
                .filter(|letter| *letter != REST)
                .collect();
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}
