//! Text utilities: words, numbers, phrases. Only ASCII case is folded, so that byte positions stay the same.

/// Lower case with straight apostrophes, the form of all patterns.
pub(super) fn plain(text: &str) -> String {
    text.replace(['’', '‘'], "'").to_lowercase()
}

/// The words of a plain text, without punctuation around them.
pub(super) fn words(plain: &str) -> impl Iterator<Item = &str> {
    plain.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| !word.is_empty())
}

/// Whether any of the words occurs.
pub(super) fn has_word(plain: &str, wanted: &[&str]) -> bool {
    words(plain).any(|word| wanted.contains(&word))
}

/// The text after the first of these phrases that occurs, up to the end of the clause; without quotes and punctuation.
pub(super) fn phrase_after<'a>(text: &'a str, phrases: &[&str]) -> Option<&'a str> {
    // Only ASCII letters are lowered, so that the position is valid in the original text.
    let lower = text.to_ascii_lowercase();
    let start = phrases.iter().find_map(|phrase| {
        let at = lower.match_indices(phrase).map(|(at, _)| at).find(|at| {
            let before = lower[..*at].chars().next_back();
            before.is_none_or(|c| !c.is_alphanumeric()) || phrase.starts_with(' ')
        })?;
        Some(at + phrase.len())
    })?;
    let rest = &text[start..];
    // A full stop ends a clause only before a space: not in `3.5` or `x.org`.
    let ends = |(at, c): (usize, char)| match c {
        '.' | ':' => rest[at + 1..].chars().next().is_none_or(char::is_whitespace),
        _ => matches!(c, '?' | '!' | ',' | ';' | '\n' | '"'),
    };
    let end = rest.char_indices().find(|found| ends(*found)).map_or(rest.len(), |(at, _)| at);
    let phrase = rest[..end].trim().trim_matches(['\'', '`']).trim();
    if phrase.is_empty() { None } else { Some(phrase) }
}

/// The first quoted text.
pub(super) fn quoted(text: &str) -> Option<&str> {
    [('"', '"'), ('“', '”'), ('`', '`')].into_iter().find_map(|(open, close)| {
        let (_, rest) = text.split_once(open)?;
        let (inside, _) = rest.split_once(close)?;
        Some(inside).filter(|inside| !inside.is_empty())
    })
}

/// The numbers of a text, in order. A sign counts only if no word or number precedes it.
pub(super) fn numbers(text: &str) -> Vec<f64> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + offset;
        let digit_or_dot = |c: char| c.is_ascii_digit() || c == '.';
        let end = text[start..].find(|c| !digit_or_dot(c)).map_or(text.len(), |length| start + length);
        let mut before = text[..start].chars().rev();
        let (last, second_last) = (before.next(), before.next());
        let in_word = last.is_some_and(char::is_alphabetic) || text[end..].starts_with(char::is_alphabetic);
        if let (false, Ok(number)) = (in_word, text[start..end].trim_end_matches('.').parse::<f64>()) {
            let negative = last == Some('-') && !second_last.is_some_and(|c| c.is_alphanumeric() || c == ')');
            found.push(if negative { -number } else { number });
        }
        at = end;
    }
    found
}

/// A number without a needless fraction.
pub(super) fn show(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        format!("{number:.6}").trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// The beginning of a text, at most this many words.
pub(super) fn first_words(text: &str, count: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let dots = if words.len() > count { " .." } else { "" };
    format!("{}{dots}", words[..words.len().min(count)].join(" "))
}

/// With a capital first letter.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_among_words() {
        assert_eq!(
            numbers("Multiply 2 and 3.5, not b2 or 4x. Then -7 and 5-3 = 10."),
            [2.0, 3.5, -7.0, 5.0, 3.0, 10.0]
        );
        assert!(numbers("the 49ers").is_empty());
    }

    #[test]
    fn phrases_end_with_their_clause() {
        assert_eq!(phrase_after("Tell a joke about ice cream, please", &["about "]), Some("ice cream"));
        assert_eq!(phrase_after("whereabouts", &["about"]), None);
        assert_eq!(quoted("count \"a b\" now"), Some("a b"));
        assert_eq!((show(6.0), show(2.5), show(1.0 / 3.0)), ("6".into(), "2.5".into(), "0.333333".into()));
    }
}
