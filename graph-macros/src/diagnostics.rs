//! Collects the errors of one macro call, so that one error never hides another.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Error;

/// The errors of one macro call. They are taken once; dropping them unreported is a bug, which panics in debug builds.
pub(crate) struct Diagnostics {
    /// `None` if muted or taken.
    errors: RefCell<Option<Vec<Error>>>,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self { errors: RefCell::new(Some(Vec::new())) }
    }

    /// Drops whatever is reported to it, and stays empty.
    pub(crate) fn muted() -> Self {
        Self { errors: RefCell::new(None) }
    }

    /// Reports under all of `tokens`.
    pub(crate) fn error(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(Error::new_spanned(tokens, message));
    }

    /// Reports under one token.
    pub(crate) fn error_at(&self, span: Span, message: impl Display) {
        self.push(Error::new(span, message));
    }

    /// Adds an error of the parser.
    pub(crate) fn push(&self, error: Error) {
        if let Some(errors) = self.errors.borrow_mut().as_mut() {
            errors.push(error);
        }
    }

    /// The value; an error is reported.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many errors there are so far.
    pub(crate) fn len(&self) -> usize {
        self.errors.borrow().as_ref().map_or(0, Vec::len)
    }

    /// The errors as `compile_error!`s.
    pub(crate) fn finish(self) -> TokenStream {
        self.take().iter().map(Error::to_compile_error).collect()
    }

    /// The first lines of the messages, without the helps.
    #[cfg(test)]
    pub(crate) fn messages(&self) -> Vec<String> {
        let first_line = |error: &Error| error.to_string().lines().next().unwrap_or_default().to_owned();
        self.take().iter().map(first_line).collect()
    }

    fn take(&self) -> Vec<Error> {
        self.errors.borrow_mut().take().unwrap_or_default()
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        let forgotten = self.errors.borrow().as_ref().is_some_and(|errors| !errors.is_empty());
        debug_assert!(!forgotten || std::thread::panicking(), "errors of a macro were never reported");
    }
}

/// `message`, with how to fix it on the next line.
pub(crate) fn with_help(message: impl Display, help: impl Display) -> String {
    format!("{message}\nhelp: {help}")
}

/// The name among `known` that `name` is probably a typo of.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = name.chars().count().max(3) / 3;
    let near = known.into_iter().map(|other| (distance(name, other), other)).filter(|(far, _)| *far <= limit);
    near.min_by_key(|(far, _)| *far).map(|(_, other)| other)
}

/// `did you mean ..` if a known name is near, else the known names.
pub(crate) fn expected(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("expected {}", listed(known)),
    }
}

/// Names as a sentence lists them: `a`, `b` or `c`.
pub(crate) fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nothing".to_owned(),
    }
}

/// The edit distance of two names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, expected, listed, nearest};

    #[test]
    fn a_typo_is_near_and_another_word_is_not() {
        let known = ["reduce", "input", "output", "untracked"];
        assert_eq!(nearest("reducer", known), Some("reduce"));
        assert_eq!(nearest("imput", known), Some("input"));
        assert_eq!(nearest("outputs", known), Some("output"));
        assert_eq!(nearest("merge", known), None);
        assert_eq!(nearest("x", known), None);
        assert_eq!(expected("x", &known), "expected `reduce`, `input`, `output` or `untracked`");
        assert_eq!(listed(&["a"]), "`a`");
    }

    #[test]
    #[should_panic(expected = "never reported")]
    fn errors_cannot_be_forgotten() {
        Diagnostics::new().error_at(proc_macro2::Span::call_site(), "lost");
    }
}
