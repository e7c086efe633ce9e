//! What can be known of a statement without parsing it: its nodes, and the fields of the state in its router.
//!
//! The variants of the nodes stay in the graph's enums, so that a router that is being typed is one error, and not one more at each
//! `match` over the updates.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{Ident, Path};

use super::syntax::{Chain, Endpoint, NodeRef};
use crate::keyword;

/// The names that stand where a node stands: beside arrows, alone in braces, or behind `=>`. Each is a chain of its own.
pub(super) fn mentions(statement: TokenStream) -> impl Iterator<Item = Chain> {
    let mut names = Vec::new();
    collect(statement, true, &mut names);
    let node = |name: Ident| Endpoint::Node(NodeRef { path: Path::from(name), alias: None });
    names.into_iter().map(move |name| Chain { endpoints: vec![node(name)], arrows: Vec::new() })
}

/// The router in a statement, as a closure that mentions what its body says of the state: `|state| { let _ =
/// &state.rounds; }`. It is the same before and after a syntax error, which is what an editor compares.
pub(super) fn draft(statement: TokenStream) -> Option<TokenStream> {
    let tokens: Vec<_> = statement.into_iter().collect();
    let bar = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '|');
    let begin = tokens.iter().position(bar)?;
    let [TokenTree::Ident(state), end, body @ ..] = tokens.get(begin + 1..)? else { return None };
    if !bar(end) {
        return None;
    }
    let mut accesses = Vec::new();
    fields(state, body.iter().cloned().collect(), &mut accesses);
    Some(quote!(|#state| { #(let _ = &#accesses;)* }))
}

/// Collects `state.field.field`.
fn fields(state: &Ident, tokens: TokenStream, accesses: &mut Vec<TokenStream>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => fields(state, group.stream(), accesses),
            TokenTree::Ident(name) if name == *state => {
                let mut access = name.into_token_stream();
                while matches!(tokens.peek(), Some(TokenTree::Punct(dot)) if dot.as_char() == '.') {
                    let dot = tokens.next();
                    let Some(TokenTree::Ident(field)) = tokens.peek() else { break };
                    access.extend(dot.into_iter().map(TokenStream::from));
                    access.extend(field.to_token_stream());
                    tokens.next();
                }
                accesses.push(access);
            }
            _ => {}
        }
    }
}

fn collect(tokens: TokenStream, is_statement: bool, names: &mut Vec<Ident>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is_punct = |index: Option<usize>, wanted: &[char]| match index.and_then(|index| tokens.get(index)) {
        Some(TokenTree::Punct(punct)) => wanted.contains(&punct.as_char()),
        _ => false,
    };
    let is_word = |index: Option<usize>, wanted: &str| match index.and_then(|index| tokens.get(index)) {
        Some(TokenTree::Ident(word)) => word == wanted,
        _ => false,
    };
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(name) if looks_like_a_node(name) => {
                let before = index.checked_sub(1);
                let begins = before.is_none();
                let behind_arrow = is_punct(before, &['>']) && is_punct(index.checked_sub(2), &['-', '=']);
                let ends = index + 1 == tokens.len();
                let before_arrow = is_punct(Some(index + 1), &['-']) && is_punct(Some(index + 2), &['>']);
                let is_whole = if is_statement { before_arrow } else { ends };
                let is_followed = ends || before_arrow || is_punct(Some(index + 1), &[',']);
                if begins && is_whole || behind_arrow && is_followed {
                    names.push(name.clone());
                }
            }
            // The fields that an exit carries.
            TokenTree::Group(_) if is_word(index.checked_sub(2), keyword::EXIT) => {}
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => collect(group.stream(), false, names),
            _ => {}
        }
    }
}

fn looks_like_a_node(name: &Ident) -> bool {
    let text = name.to_string();
    text.starts_with(char::is_lowercase)
        && syn::parse_str::<Ident>(&text).is_ok()
        && keyword::misspelled_in(&text).is_none()
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, mentions};

    fn names(statement: &str) -> Vec<String> {
        let endpoints = mentions(statement.parse().unwrap()).flat_map(|chain| chain.endpoints);
        endpoints
            .map(|endpoint| match endpoint {
                Endpoint::Node(node) => node.ident().to_string(),
                _ => unreachable!("only nodes are collected"),
            })
            .collect()
    }

    #[test]
    fn a_router_that_is_being_typed_keeps_its_fields() {
        let draft = |text: &str| super::draft(text.parse().unwrap()).map(|draft| draft.to_string());
        assert_eq!(draft("plan -> |state| if state.rou").unwrap(), "| state | { let _ = & state . rou ; }");
        assert_eq!(
            draft("plan -> |s| match s.a.b { X => s. }").unwrap(),
            "| s | { let _ = & s . a . b ; let _ = & s ; }"
        );
        assert!(draft("plan -> tell").is_none());
    }

    #[test]
    fn names_stand_where_nodes_stand() {
        assert_eq!(names("plan -> |state| if state. { tell } else { note }"), ["plan", "tell", "note"]);
        assert_eq!(names("plan -> tell -> "), ["plan", "tell"]);
        assert_eq!(
            names("plan -> |state| match state.kind { Kind::A => tell, Kind:: => note }"),
            ["plan", "tell", "note"]
        );
        assert_eq!(names("START -> [a, ]"), [""; 0]);
        assert_eq!(names("exit Found { jo } START -> look"), ["look"]);
        assert_eq!(
            names("plan -> |state| { let few = state.log.len(); if few. { END } else { tell } }"),
            ["plan", "tell"]
        );
    }
}
