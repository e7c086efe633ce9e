//! The edges of a drawing: curves downwards, and lanes back up.

use std::fmt::{Result, Write as _};

use super::sheet::{LINE, Sheet};
use super::write_lines;
use crate::Kind;
use crate::layout::{ItemKind, Link};

/// The length of an arrow head.
const HEAD: i64 = 8;
/// The corner radius of a lane.
const CORNER: i64 = 10;

pub(super) fn write(sheet: &Sheet<'_>, text: &mut String) -> Result {
    let mut passes = vec![None; sheet.layout.items.len()];
    for link in sheet.layout.links.iter().filter(|link| sheet.layout.items[link.from].kind == ItemKind::Pass) {
        passes[link.from] = Some(link);
    }
    for link in sheet.layout.links.iter().filter(|link| sheet.layout.items[link.from].kind != ItemKind::Pass) {
        downwards(sheet, link, &passes, text)?;
    }
    for back in 0..sheet.layout.backs.len() {
        upwards(sheet, back, text)?;
    }
    Ok(())
}

/// A line from an item down to the next item that it does not just pass.
fn downwards(sheet: &Sheet<'_>, first: &Link, passes: &[Option<&Link>], text: &mut String) -> Result {
    let x = |item: usize| sheet.layout.items[item].x;
    let is_node = |item: usize| matches!(sheet.layout.items[item].kind, ItemKind::Node(_));
    let (mut at, mut y) = (x(first.from), sheet.rows(first.from).1);
    let mut path = format!("M{at} {y}");
    let mut link = first;
    loop {
        // Beside a lower item, the line stays vertical.
        let bottom = sheet.layer(link.from).1;
        if bottom > y {
            write!(path, "V{bottom}")?;
            y = bottom;
        }
        let (to, top) = (x(link.to), sheet.layer(link.to).0 - if is_node(link.to) { HEAD } else { 0 });
        if to == at {
            write!(path, "V{top}")?;
        } else {
            let middle = i64::midpoint(y, top);
            write!(path, "C{at} {middle} {to} {middle} {to} {top}")?;
        }
        (at, y) = (to, top);
        let Some(next) = passes[link.to] else { break };
        link = next;
    }
    let top = sheet.rows(link.to).0;
    let tip = if is_node(link.to) { top - HEAD } else { top };
    if tip > y {
        write!(path, "V{tip}")?;
    }
    stroke(sheet, first.edge, &path, text)?;
    if is_node(link.to) {
        let (left, right, back) = (at - 4, at + 4, top - HEAD);
        writeln!(text, "<path d=\"M{left} {back}H{right}L{at} {top}Z\"/>")?;
    }
    Ok(())
}

/// A back edge: leaves at the right, follows its lane and enters at the right; from below or above if an item is in the
/// way.
fn upwards(sheet: &Sheet<'_>, index: usize, text: &mut String) -> Result {
    let back = &sheet.layout.backs[index];
    // Around a single box there is no space for the label within the lane; then it is beside it.
    let beside = sheet.layer(back.from) == sheet.layer(back.to);
    let lane = if beside { back.x - back.width / 2 } else { back.x };
    let x = |item: usize| sheet.layout.items[item].x;
    let middle = |item: usize| {
        let (top, bottom) = sheet.rows(item);
        i64::midpoint(top, bottom)
    };
    let both = sheet.layout.backs.iter().any(|other| other.to == back.from);
    let mut path = String::new();
    let from_y = if let Some((_, rail)) = sheet.below(index) {
        let (at, bottom) = (x(back.from), sheet.rows(back.from).1);
        let y = sheet.layer(back.from).1 + rail;
        write!(path, "M{at} {bottom}V{}Q{at} {y} {} {y}H{}", y - CORNER, at + CORNER, lane - CORNER)?;
        y
    } else {
        // If both exist, enters above the middle and leaves below it.
        let y = middle(back.from) + if both { 9 } else { 0 };
        write!(path, "M{} {y}H{}", sheet.borders(back.from).1, lane - CORNER)?;
        y
    };
    write!(path, "Q{lane} {from_y} {lane} {}", from_y - CORNER)?;

    let out_too = sheet.layout.backs.iter().any(|other| other.from == back.to);
    let to_y = if sheet.is_aside(back.to) {
        middle(back.to) - if out_too { 9 } else { 0 }
    } else {
        sheet.layer(back.to).0 - HEAD - CORNER
    };
    let label = sheet.label(back.edge);
    let centre = i64::midpoint(from_y, to_y);
    if beside {
        write_lines(text, &label, back.x + 4, centre, 12)?;
    } else if !label.is_empty() {
        let height = LINE * label.len() as i64 + 4;
        write!(path, "V{}M{lane} {}", centre + height / 2, centre - height / 2)?;
        write_lines(text, &label, lane, centre, 12)?;
    }
    write!(path, "V{}Q{lane} {to_y} {} {to_y}", to_y + CORNER, lane - CORNER)?;
    if sheet.is_aside(back.to) {
        let tip = sheet.borders(back.to).1;
        write!(path, "H{}", tip + HEAD)?;
        let (back, upper, lower) = (tip + HEAD, to_y - 4, to_y + 4);
        writeln!(text, "<path d=\"M{back} {upper}V{lower}L{tip} {to_y}Z\"/>")?;
    } else {
        let (at, tip) = (x(back.to), sheet.rows(back.to).0);
        let (left, right, top) = (at - 4, at + 4, tip - HEAD);
        write!(path, "H{}Q{at} {to_y} {at} {}V{top}", at + CORNER, to_y + CORNER)?;
        writeln!(text, "<path d=\"M{left} {top}H{right}L{at} {tip}Z\"/>")?;
    }
    stroke(sheet, back.edge, &path, text)
}

fn stroke(sheet: &Sheet<'_>, edge: usize, path: &str, text: &mut String) -> Result {
    let style = match sheet.picture.edges[edge].kind {
        Kind::Always | Kind::Joined(_) => "",
        Kind::Branch => " stroke-dasharray=\"5 4\"",
        Kind::Each => " stroke-width=\"2.5\"",
    };
    writeln!(text, "<path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.75\"{style}/>")
}
