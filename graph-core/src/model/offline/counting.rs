//! Counts words, letters, messages, and up to a number.
use super::request::Request;
use super::words::{has_word, numbers, quoted, show};

/// The longest sequence to count out.
const LONGEST: f64 = 100.0;

pub(super) fn answer(request: &Request) -> Option<String> {
    let plain = request.plain.as_str();
    if let Some(at) = plain.find("count to ").or_else(|| plain.find("count from ")) {
        return count_out(&numbers(&plain[at..]), plain[at..].starts_with("count from "));
    }
    let asks = plain.contains("how many") || has_word(plain, &["count"]);
    if !asks {
        return None;
    }
    if has_word(plain, &["messages", "turns"]) {
        return Some(format!("This conversation has {} messages so far.", request.message_count));
    }
    let subject = subject(request);
    if has_word(plain, &["words", "word"]) {
        return Some(format!("There are {} words in \"{subject}\".", subject.split_whitespace().count()));
    }
    if has_word(plain, &["letters", "characters"]) {
        let letters = subject.chars().filter(|c| c.is_alphanumeric()).count();
        return Some(format!("There are {letters} letters in \"{subject}\"."));
    }
    if has_word(plain, &["numbers"]) {
        return Some(format!("There are {} numbers in \"{subject}\".", numbers(&subject).len()));
    }
    None
}

/// The text to count in: a quotation, the text after a colon or an "in", or an earlier message.
fn subject(request: &Request) -> String {
    let text = request.text.as_str();
    let after = |mark: &str| text.split_once(mark).map(|(_, rest)| rest.trim().trim_end_matches('?'));
    let inside = quoted(text).or_else(|| after(": ")).or_else(|| after(" in ")).filter(|inside| !inside.is_empty());
    inside.or(request.earlier.last().map(String::as_str)).unwrap_or(text).to_owned()
}

fn count_out(numbers: &[f64], has_start: bool) -> Option<String> {
    let (from, to) = match numbers {
        [from, to, ..] if has_start => (*from, *to),
        [to, ..] if !has_start => (1.0, *to),
        _ => return None,
    };
    let step = if to < from { -1.0 } else { 1.0 };
    let count = (to - from).abs().floor().min(LONGEST - 1.0) as u32 + 1;
    let counted: Vec<String> = (0..count).map(|n| show(from + step * f64::from(n))).collect();
    Some(counted.join(", "))
}
