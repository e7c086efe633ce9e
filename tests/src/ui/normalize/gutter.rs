//! The gutter: its width depends on the widest line number, which may be of another file.

/// The kind of a line of rustc's output.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    /// `error: ..`
    Heading,
    /// With a gutter: `10 | code`, ` --> ask.rs:1:1`; the number of its removable spaces.
    Code(usize),
    /// Without a gutter: `note: ..`, `help: ..`, `...`, and the continuation of such a note.
    Note,
    /// Neither; the number of leading spaces.
    Other(usize),
}

/// The minimum indentation of continuation text below a line of code.
const DEEP: usize = 10;

/// Removes from each message the spaces that its whole gutter can spare.
pub(super) fn narrow(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    let mut at = 0;
    while let Some(heading) = lines.get(at) {
        out.push_str(heading);
        out.push('\n');
        at += 1;
        if !is_heading(heading) {
            continue;
        }
        let block = block(&lines[at..]);
        let spare = block.iter().filter_map(|line| if let Line::Code(spaces) = line { Some(*spaces) } else { None });
        let spare = spare.min().unwrap_or(0);
        for (kind, line) in block.iter().zip(&lines[at..]) {
            match line.split_once(' ') {
                Some((number, _)) if *kind != Line::Note => {
                    out.push_str(number);
                    out.push_str(&line[number.len() + spare..]);
                }
                _ => out.push_str(line),
            }
            out.push('\n');
        }
        at += block.len();
    }
    out
}

/// The lines of a heading's message, if the first of them is a location.
fn block(lines: &[&str]) -> Vec<Line> {
    let mut block = Vec::new();
    let mut in_note = false;
    for line in lines {
        let kind = kind(line, in_note);
        match kind {
            Line::Heading => break,
            Line::Other(spaces) if spaces <= DEEP => break,
            _ if block.is_empty() && !line.trim_start().starts_with("--> ") => break,
            _ => block.push(kind),
        }
        in_note = kind == Line::Note;
    }
    block
}

fn is_heading(line: &str) -> bool {
    kind(line, false) == Line::Heading || line.starts_with("note: ")
}

fn kind(line: &str, in_note: bool) -> Line {
    let after = |word| line.strip_prefix(word).is_some_and(|rest: &str| rest.starts_with([':', '[']));
    if after("error") || after("warning") {
        return Line::Heading;
    }
    if line.starts_with("note:") || line.starts_with("help:") || line == "..." || in_note && line.starts_with("      ")
    {
        return Line::Note;
    }
    let spaces = |text: &str| text.len() - text.trim_start_matches(' ').len();
    if let Some(rest) = line.strip_prefix("... ") {
        return Line::Code(spaces(rest));
    }
    let before = spaces(line);
    let number = line[before..].bytes().take_while(u8::is_ascii_digit).count();
    let gutter = before + spaces(&line[before + number..]);
    let rest = &line[number + gutter..];
    let side = |mark: &str| rest.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let is_code = if number > 0 {
        ["|", "~", "+", "-"].into_iter().any(side)
    } else {
        side("|") || ["--> ", "::: ", "= "].iter().any(|mark| rest.starts_with(mark))
    };
    match (gutter, number) {
        (1.., _) if is_code => Line::Code(gutter - 1),
        (_, 0) => Line::Other(before),
        _ => Line::Other(0),
    }
}
