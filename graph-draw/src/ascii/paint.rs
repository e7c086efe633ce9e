//! Paints the layers.

use super::grid::{DOWN, Grid, LEFT, Strokes, UP};
use super::nets::{self, At, Net};
use super::sheet::Sheet;
use crate::Role;
use crate::layout::ItemKind;
use crate::text::columns;

/// The rows of each layer.
struct Rows {
    top: Vec<i64>,
    /// The row of the lower border of the boxes, or of the last line of a label.
    bottom: Vec<i64>,
    /// The first row below the layer, where the lines to the next layer begin.
    end: Vec<i64>,
}

pub(super) fn paint(sheet: &mut Sheet<'_>) -> String {
    let count = sheet.layout.layers.len();
    let mut grid = Grid::default();
    let mut rows = Rows { top: Vec::new(), bottom: Vec::new(), end: Vec::new() };
    let mut y = 0;
    for layer in 0..count {
        let texts =
            sheet.layout.layers[layer].iter().map(|item| sheet.lines(sheet.layout.items[*item].kind).len() as i64);
        let text = texts.max().unwrap_or(0);
        let boxes = sheet.layout.layers[layer].iter().any(|item| sheet.is_node(*item));
        rows.top.push(y);
        rows.bottom.push(y + text - 1 + if boxes { 2 } else { 0 });
        rows.end.push(rows.bottom[layer] + lane_lines(sheet, layer).max(1));
        y = rows.end[layer] + draw_links(sheet, layer, rows.end[layer], &mut grid);
    }
    for item in 0..sheet.layout.items.len() {
        draw_item(sheet, item, &rows, &mut grid);
    }
    for back in 0..sheet.layout.backs.len() {
        draw_back_edge(sheet, back, &rows, &mut grid);
    }
    grid.print()
}

/// The number of label lines in lanes beside a layer, from the lower border of its boxes.
fn lane_lines(sheet: &Sheet<'_>, layer: usize) -> i64 {
    let here = sheet.layout.backs.iter().filter(|back| sheet.layout.items[back.to].layer == layer);
    here.map(|back| sheet.lines(ItemKind::Label(back.edge)).len() as i64).max().unwrap_or(0)
}

/// Draws the lines from a layer to the next and returns how many rows they take. Below the last layer there are only
/// back edges.
fn draw_links(sheet: &mut Sheet<'_>, layer: usize, top: i64, grid: &mut Grid) -> i64 {
    let mut nets = nets::below(sheet, layer);
    nets::spread(sheet, layer, &mut nets);
    let (tracks, bent) = nets::tracks(&nets);
    let rows = match sheet.layout.layers.get(layer + 1) {
        Some(next) => (bent + i64::from(next.iter().any(|item| sheet.is_node(*item)))).max(1),
        None => bent,
    };
    draw_nets(sheet, &nets, &tracks, (top, top + rows - 1), grid);
    for net in &nets {
        for end in &net.tops {
            if let At::Item(item) = end.at {
                sheet.roots[item].push((end.x, net.style));
            }
        }
    }
    rows
}

fn draw_nets(sheet: &Sheet<'_>, nets: &[Net], tracks: &[i64], (top, bottom): (i64, i64), grid: &mut Grid) {
    for (net, track) in nets.iter().zip(tracks) {
        let mut strokes = Strokes::default();
        if net.is_straight() {
            strokes.down(net.span().0, top, bottom);
        } else {
            let y = top + track;
            let (left, right) = net.span();
            strokes.across(y, left, right);
            for end in &net.tops {
                strokes.down(end.x, top, y - 1);
                strokes.add(end.x, y, UP);
            }
            for end in &net.bottoms {
                strokes.add(end.x, y, DOWN);
                strokes.down(end.x, y + 1, bottom);
            }
        }
        grid.line(&strokes, net.style);
        for end in &net.bottoms {
            if matches!(end.at, At::Item(item) if sheet.is_node(item)) {
                grid.put(end.x, bottom, '▼');
            }
        }
    }
}

/// Draws one item of a layer: a box, a label, or a passing line.
fn draw_item(sheet: &Sheet<'_>, item: usize, rows: &Rows, grid: &mut Grid) {
    let layer = sheet.layout.items[item].layer;
    let (top, bottom, end) = (rows.top[layer], rows.bottom[layer], rows.end[layer]);
    let kind = sheet.layout.items[item].kind;
    let lines = sheet.lines(kind);
    let (left, right) = sheet.borders(item);
    let middle = |line: &str| sheet.x[item] - columns(line) as i64 / 2;

    // Its outgoing lines continue to the end of the layer.
    let ends_at = match kind {
        ItemKind::Node(_) => bottom + 1,
        ItemKind::Pass => top,
        ItemKind::Label(_) | ItemKind::Join(_) => top + lines.len() as i64,
    };
    for &(x, style) in &sheet.roots[item] {
        let mut strokes = Strokes::default();
        strokes.down(x, ends_at, end - 1);
        grid.line(&strokes, style);
    }
    match kind {
        ItemKind::Node(node) => {
            let round = sheet.picture.nodes[node].role != Role::Step;
            let corners = if round { ['╭', '╮', '╰', '╯'] } else { ['┌', '┐', '└', '┘'] };
            for y in top..=bottom {
                let (from, to, fill) = match y {
                    y if y == top => (corners[0], corners[1], '─'),
                    y if y == bottom => (corners[2], corners[3], '─'),
                    _ => ('│', '│', ' '),
                };
                grid.put(left, y, from);
                (left + 1..right).for_each(|x| grid.put(x, y, fill));
                grid.put(right, y, to);
            }
            for (x, _) in &sheet.roots[item] {
                grid.put(*x, bottom, '┬');
            }
            for (y, line) in (top + 1..).zip(&lines) {
                grid.text(middle(line), y, line);
            }
        }
        ItemKind::Label(_) | ItemKind::Join(_) => {
            for (y, line) in (top..).zip(&lines) {
                grid.text(middle(line), y, line);
            }
        }
        ItemKind::Pass => {}
    }
}

/// Draws a back edge, with its label in its lane.
fn draw_back_edge(sheet: &Sheet<'_>, back: usize, rows: &Rows, grid: &mut Grid) {
    let (exits, enters) = (sheet.exits_aside(back), sheet.enters_aside(back));
    let back = &sheet.layout.backs[back];
    let layer = |item: usize| sheet.layout.items[item].layer;
    let (from, to) = (layer(back.from), layer(back.to));
    let mut strokes = Strokes::default();
    let bottom = if exits {
        let y = rows.top[from] + 1;
        strokes.across(y, sheet.borders(back.from).1 + 1, back.x);
        strokes.add(sheet.borders(back.from).1 + 1, y, LEFT);
        strokes.add(back.x, y, UP);
        y - 1
    } else {
        rows.end[from] - 1
    };
    let top = if enters {
        let y = rows.top[to] + 1;
        strokes.across(y, sheet.borders(back.to).1 + 1, back.x);
        strokes.add(back.x, y, DOWN);
        y + 1
    } else {
        rows.top[to]
    };
    strokes.down(back.x, top, bottom);
    grid.line(&strokes, sheet.style(back.edge));
    if exits {
        grid.put(sheet.borders(back.from).1, rows.top[from] + 1, '├');
    }
    if enters {
        grid.put(sheet.borders(back.to).1 + 1, rows.top[to] + 1, '◀');
    }
    let lines = sheet.lines(ItemKind::Label(back.edge));
    for (y, line) in (rows.bottom[to]..).zip(&lines) {
        grid.text(back.x - columns(line) as i64 / 2, y, line);
    }
}
