//! Text utilities: measuring, wrapping, escaping.

/// The width of a character, in terminal columns.
pub(crate) fn char_columns(letter: char) -> usize {
    match u32::from(letter) {
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// The width of a text, in terminal columns.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(char_columns).sum()
}

/// The width of the longest line.
pub(crate) fn widest(lines: &[String]) -> usize {
    lines.iter().map(|line| columns(line)).max().unwrap_or(0)
}

/// Wraps a text to at most this many columns, preferably at spaces and after `_` and `::`. Text beyond the third line
/// is cut.
pub(crate) fn wrap(text: &str, limit: usize) -> Vec<String> {
    const LINES: usize = 3;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && columns(&line) + columns(piece.trim_end()) > limit {
            lines.push(line.trim_end().to_owned());
            line = String::new();
        }
        line.push_str(piece);
    }
    if !line.trim_end().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

/// The text split at possible line breaks.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        let breaks = match before {
            ' ' => letter != ' ',
            '_' => letter != '_',
            ':' => letter != ':' && text[..at].ends_with("::"),
            _ => false,
        };
        if breaks && at > from {
            pieces.push(&text[from..at]);
            from = at;
        }
        before = letter;
    }
    pieces.push(&text[from..]);
    pieces
}

/// Escapes a text for HTML or XML, also inside attributes. Characters that XML forbids are replaced.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' => safe.push(' '),
            control if control.is_control() || matches!(control, '\u{fffe}' | '\u{ffff}') => safe.push('\u{fffd}'),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{columns, escape, wrap};

    #[test]
    fn labels_break_where_they_can() {
        assert_eq!(wrap("length if length > 100", 12), ["length if", "length > 100"]);
        assert_eq!(wrap("Verdict::Bad { reason }", 12), ["Verdict::Bad", "{ reason }"]);
        assert_eq!(wrap("summarize_conversation", 12), ["summarize_", "conversation"]);
        assert_eq!(wrap("a b c d", 1), ["a", "b", "c…"]);
        assert_eq!(wrap("", 9), Vec::<String>::new());
    }

    #[test]
    fn text_is_no_markup() {
        assert_eq!(escape("a < b && \"c\"\u{1}"), "a &lt; b &amp;&amp; &quot;c&quot;\u{fffd}");
    }

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(columns("ab漢字…"), 7);
    }
}
