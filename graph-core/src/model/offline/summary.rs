//! Summaries of the conversation.
use super::name;
use super::request::Request;
use super::words::{first_words, has_word, plain};

/// At most this many of the latest messages are quoted, each with at most so many words.
const TURNS: usize = 6;
const WORDS: usize = 14;
/// The maximum length of an old summary, in words.
const OLD_WORDS: usize = 120;

/// The summary, if the request asks for one.
pub(super) fn answer(request: &Request) -> Option<String> {
    let asked = has_word(&request.plain, &["summary", "summarize", "summarise", "tldr"]);
    if !asked {
        return None;
    }
    match request.text.split_once(':') {
        // The text to summarise is in the request itself; after "above:" there is none.
        Some((_, text)) if !request.plain.contains("conversation") && text.trim().len() > 20 => Some(of_text(text)),
        _ if request.earlier.is_empty() => None,
        _ => Some(of_conversation(request)),
    }
}

/// The first two sentences.
fn of_text(text: &str) -> String {
    let sentences: Vec<&str> = text.trim().split_inclusive(['.', '!', '?']).take(2).collect();
    first_words(&sentences.concat(), 40)
}

/// The user's name and messages, after an older summary.
fn of_conversation(request: &Request) -> String {
    let old = old_summary(&request.text).map(|old| first_words(old, OLD_WORDS)).unwrap_or_default();
    let mut parts = vec![];
    if !old.is_empty() {
        parts.push(old.clone());
    }
    if let Some(name) = request.earlier.iter().rev().find_map(|said| name::introduced(said))
        && !old.contains(&name)
    {
        parts.push(format!("The user's name is {name}."));
    }
    let said: Vec<String> = request
        .earlier
        .iter()
        .map(|said| format!("\"{}\"", first_words(&said.replace('"', "'"), WORDS)))
        .filter(|said| !old.contains(said))
        .collect();
    if !said.is_empty() {
        let latest = &said[said.len().saturating_sub(TURNS)..];
        let then = if old.is_empty() { "The user said" } else { "Then the user said" };
        parts.push(format!("{then} {}.", latest.join(", then ")));
    }
    parts.join(" ")
}

/// The old summary in a request to extend it: after a colon, up to the blank line before the request itself.
fn old_summary(text: &str) -> Option<&str> {
    let (head, rest) = text.split_once(':')?;
    let extends = plain(text).contains("extend") && plain(head).contains("summary");
    let (old, _) = rest.split_once("\n\n")?;
    Some(old.trim()).filter(|old| extends && !old.is_empty())
}
