//! Which tools a request names, in order.
use serde_json::Value;

use super::super::tool_spec::ToolSpec;
use super::words::words;

/// A planned tool call.
pub(super) struct PlannedCall {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) args: Value,
}

impl PlannedCall {
    /// The number of words, for the usage.
    pub(super) fn words(&self) -> usize {
        1 + self.args.to_string().split_whitespace().count()
    }
}

/// A part of the request that names a tool.
pub(super) struct Step<'a> {
    pub(super) tool: &'a ToolSpec,
    /// The text of that part, in its original case.
    pub(super) text: String,
}

impl Step<'_> {
    /// Whether it refers to the result of the step before.
    pub(super) fn refers_back(&self) -> bool {
        let plain = self.text.to_ascii_lowercase();
        let back = ["result", "output", "that", "it", "answer", "product", "sum", "this"];
        words(&plain).any(|word| back.contains(&word))
    }
}

/// The parts of a request that name tools.
pub(super) fn steps<'a>(text: &str, tools: &'a [ToolSpec]) -> Vec<Step<'a>> {
    clauses(text).into_iter().flat_map(|clause| clause_steps(clause, tools)).collect()
}

/// Sentences, and parts separated by `then`.
fn clauses(text: &str) -> Vec<&str> {
    let mut clauses = vec![text];
    for mark in [". ", "! ", "? ", "; ", ";\n", "\n", " then ", " Then "] {
        clauses = clauses.into_iter().flat_map(|clause| clause.split(mark)).collect();
    }
    clauses
}

/// A clause may name several tools: each gets the text from its mention to the next one.
fn clause_steps<'a>(clause: &str, tools: &'a [ToolSpec]) -> Vec<Step<'a>> {
    let lower = clause.to_ascii_lowercase();
    let mut mentions: Vec<(usize, &ToolSpec)> =
        tools.iter().filter_map(|tool| Some((mention(&lower, tool)?, tool))).collect();
    mentions.sort_by_key(|(at, _)| *at);
    mentions.dedup_by_key(|(at, _)| *at);
    let ends = mentions.iter().skip(1).map(|(at, _)| *at).chain([clause.len()]);
    let starts = std::iter::once(0).chain(mentions.iter().skip(1).map(|(at, _)| *at));
    let parts = starts.zip(ends).map(|(start, end)| clause[start..end].to_owned());
    mentions.iter().zip(parts).map(|((_, tool), text)| Step { tool, text }).collect()
}

/// Where a tool is named: by a word of its name, a synonym, or a word of its description.
fn mention(lower: &str, tool: &ToolSpec) -> Option<usize> {
    let name = tool.name.to_ascii_lowercase();
    let parts: Vec<&str> = name.split(['_', '-', '.', ' ']).filter(|part| !FILLERS.contains(part)).collect();
    let by_name = parts.iter().filter(|part| part.len() > 2).filter_map(|part| find_word(lower, part)).min();
    let other = OTHER_WORDS.iter().filter(|(word, _)| parts.iter().any(|part| part.starts_with(word)));
    let by_other_word = || other.flat_map(|(_, others)| others.iter()).filter_map(|word| find_word(lower, word)).min();
    let by_description = || {
        let description = tool.description.to_ascii_lowercase();
        words(&description)
            .filter(|word| word.len() > 4 && !FILLERS.contains(word))
            .find_map(|word| find_word(lower, word))
    };
    by_name.or_else(by_other_word).or_else(by_description)
}

/// Where a word with the same first letters begins, so that plurals and verb forms match too.
fn find_word(lower: &str, word: &str) -> Option<usize> {
    if !word.starts_with(char::is_alphanumeric) {
        return lower.find(word);
    }
    let stem = if word.len() > 5 { word.trim_end_matches(['e', 's', 'y']) } else { word };
    lower.match_indices(stem).map(|(at, _)| at).find(|at| {
        let free_before = lower[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let rest = lower[at + stem.len()..].chars().take_while(|c| c.is_alphanumeric()).count();
        free_before && rest <= 4
    })
}

/// Words that do not identify a tool.
const FILLERS: &[&str] = &[
    "get", "set", "the", "tool", "fetch", "current", "given", "about", "their", "returns", "return", "these", "those",
    "which", "integer", "integers", "number", "numbers", "value", "values", "string", "using", "other", "there",
    "where",
];

/// Synonyms for words in tool names.
const OTHER_WORDS: &[(&str, &[&str])] = &[
    ("mul", &["times", "product", "multiplied", " * ", " x "]),
    ("add", &["plus", "sum", " + "]),
    ("sum", &["plus", "add", " + "]),
    ("sub", &["minus", "less", "difference", "take away"]),
    ("div", &["divided", "over", " / "]),
    ("search", &["find", "look up", "google"]),
    ("lookup", &["find", "look up"]),
    ("weather", &["temperature", "rain", "sunny", "forecast"]),
    ("time", &["clock", "o'clock"]),
    ("email", &["mail", "write to"]),
];
