//! Normalizes rustc's output: removes what differs between machines, i.e. paths, line numbers of other files, closing
//! remarks.
//!
//! The result is that of the crate `trybuild`, which the `.stderr` files were first written by.

mod gutter;
mod places;

#[cfg(test)]
mod tests;

pub(super) use places::Places;

/// Lines without information about the program.
const REMARKS: [&str; 4] = [
    "error: aborting due to ",
    "Some errors have detailed explanations:",
    "For more information about this error, try `rustc --explain",
    "For more information about an error, try `rustc --explain",
];

/// Notes that name a file with a random name.
const LONG_TYPES: [&str; 2] =
    ["the full type name has been written to", "the full name for the type has been written to"];

pub(super) fn normalize(output: &str, places: &Places) -> String {
    let mut text = String::new();
    let mut elsewhere = false;
    for line in output.lines() {
        if is_remark(line) {
            continue;
        }
        let mut line = line.trim_end().to_owned();
        elsewhere = elsewhere && places::shows_code(&line);
        if elsewhere {
            line = places::without_number(&line);
        }
        if let Some((location, is_elsewhere)) = places.location(&line) {
            (line, elsewhere) = (location, is_elsewhere);
        } else {
            line = places.in_text(&without_count(line));
        }
        // One blank line remains where lines were removed.
        if !(line.is_empty() && text.ends_with("\n\n")) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    let text = gutter::narrow(&text);
    let text = text.trim_end();
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

fn is_remark(line: &str) -> bool {
    let note = line.trim_start();
    let note = note.strip_prefix("= note: ").unwrap_or(note);
    REMARKS.iter().any(|remark| line.starts_with(remark)) || LONG_TYPES.iter().any(|start| note.starts_with(start))
}

/// `and 12 others` as `and $N others`: the number of impls depends on the crates that were built.
fn without_count(line: String) -> String {
    let text = line.trim_start();
    let count = text.strip_prefix("and ").and_then(|rest| rest.strip_suffix(" others"));
    match count {
        Some(count) if !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{}and $N others", &line[..line.len() - text.len()])
        }
        _ => line,
    }
}
