//! Helpers for tests that look at expansions without rustc.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The messages of an expansion's `compile_error!`s, in order.
pub(crate) fn errors(expansion: TokenStream) -> Vec<String> {
    let mut errors = Vec::new();
    let mut tokens = expansion.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident == "compile_error" => {
                tokens.next();
                if let Some(TokenTree::Group(message)) = tokens.next() {
                    errors.push(syn::parse2::<syn::LitStr>(message.stream()).unwrap().value());
                }
            }
            TokenTree::Group(group) => errors.extend(self::errors(group.stream())),
            _ => {}
        }
    }
    errors
}

/// The expansion as rustfmt would write it.
pub(crate) fn pretty(expansion: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(expansion).unwrap())
}

/// The text without white space, to find a piece of an expansion however it is formatted.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The tokens as they are while being typed: cut after each token, with open braces closed, as an editor does.
pub(crate) fn prefixes(tokens: &TokenStream) -> Vec<TokenStream> {
    let mut all = vec![TokenStream::new()];
    let mut before = TokenStream::new();
    for token in tokens.clone() {
        if let TokenTree::Group(group) = &token {
            for inner in prefixes(&group.stream()) {
                let mut cut = Group::new(group.delimiter(), inner);
                cut.set_span(group.span());
                // Invisible groups are not typed.
                if group.delimiter() != Delimiter::None {
                    let mut prefix = before.clone();
                    prefix.extend([TokenTree::Group(cut)]);
                    all.push(prefix);
                }
            }
        }
        before.extend([token]);
        all.push(before.clone());
    }
    all
}
