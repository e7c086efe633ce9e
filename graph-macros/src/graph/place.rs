//! What stands beside an arrow: a node, a list, a router, START or END.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Expr, Ident, Path, Token, token};

use super::routing;
use super::syntax::{Chain, NodeRef, Place};
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;

/// Reads `a -> b -> c` into `chain`, and gives the span after which something else follows.
pub(super) fn chain(input: ParseStream<'_>, chain: &mut Chain, diagnostics: &Diagnostics) -> syn::Result<Span> {
    let mut after = input.span();
    chain.places.extend(place(input, after, diagnostics)?);
    loop {
        after = chain.places.last().map_or(after, Place::span);
        let Some(arrow) = arrow(input, diagnostics)? else { break };
        let place = place(input, arrow, diagnostics)?;
        // The rest of a chain with a hole in it is a chain of its own; it was reported.
        chain.arrows.push(arrow);
        chain.places.extend(place);
    }
    if chain.places.len() == 1 && chain.arrows.is_empty() && input.is_empty() {
        return Err(syn::Error::new(after, "expected `->` after this"));
    }
    Ok(after)
}

/// Reads an arrow, if one is next; what other languages write for one is reported, and read as one.
fn arrow(input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<Option<Span>> {
    if input.peek(Token![->]) {
        return Ok(Some(input.parse::<Token![->]>()?.spans[1]));
    }
    let mut other = TokenStream::new();
    if input.peek(Token![=>]) {
        other.extend(input.parse::<Token![=>]>()?.into_token_stream());
    } else if input.peek(Token![>>]) {
        other.extend(input.parse::<Token![>>]>()?.into_token_stream());
    } else if input.peek(Token![-]) && input.peek2(Token![->]) {
        other.extend(input.parse::<Token![-]>()?.into_token_stream());
        other.extend(input.parse::<Token![->]>()?.into_token_stream());
    } else if input.peek(Token![-]) && input.peek2(Token![>]) {
        other.extend(input.parse::<Token![-]>()?.into_token_stream());
        other.extend(input.parse::<Token![>]>()?.into_token_stream());
    } else {
        return Ok(None);
    }
    let last = other.clone().into_iter().last().map_or_else(Span::call_site, |token| token.span());
    diagnostics.error(other, "an edge is written `->`");
    Ok(Some(last))
}

/// Reads one place; `None` where it is one, but not one that can stand there.
fn place(input: ParseStream<'_>, after: Span, diagnostics: &Diagnostics) -> syn::Result<Option<Place>> {
    const EXPECTED: &str = "expected a node, `END`, `[..]` or a router `|state| ..`";
    if input.is_empty() {
        return Err(syn::Error::new(after, format!("{EXPECTED} after this")));
    }
    if input.peek(Token![|]) || input.peek(Token![||]) || input.peek(Token![move]) || input.peek(Token![async]) {
        let closure = match input.parse::<Expr>()? {
            Expr::Closure(closure) => closure,
            other => return Err(syn::Error::new_spanned(other, EXPECTED)),
        };
        return Ok(routing::router(closure, diagnostics).map(|router| Place::Router(Box::new(router))));
    }
    if input.peek(token::Bracket) {
        return list(input, diagnostics).map(Some);
    }
    if input.peek(Token![if]) || input.peek(Token![match]) || input.peek(Token![for]) || input.peek(token::Brace) {
        let (span, word) =
            (input.span(), input.fork().call(Ident::parse_any).map_or("{".to_owned(), |word| word.to_string()));
        input.parse::<Expr>()?;
        diagnostics.error_at(span, with_help("a router is given the state", format!("write `|state| {word} ..`")));
        return Ok(None);
    }
    if !(input.peek(Ident::peek_any) || input.peek(Token![::])) {
        let token: proc_macro2::TokenTree = input.parse()?;
        return Err(syn::Error::new(token.span(), EXPECTED));
    }
    named(input, diagnostics)
}

/// `START`, `END`, `nodes::ask`, `nodes::ask as second_ask`
fn named(input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<Option<Place>> {
    let path = input.call(Path::parse_mod_style)?;
    let alias = match input.parse::<Option<Token![as]>>()? {
        Some(_) => Some(input.parse::<Ident>()?),
        None => None,
    };
    if input.peek(token::Paren) {
        let arguments: proc_macro2::TokenTree = input.parse()?;
        let adds = path.segments.last().is_some_and(|last| last.ident.to_string().starts_with("add_"));
        if adds && !input.peek(Token![->]) {
            diagnostics
                .error(path, with_help("a graph is written, not put together by calls", "write `START -> a -> b;`"));
            return Ok(None);
        }
        let help = "send a node its input by `for`, in a router: `|state| for item in .. { node(item) }`";
        diagnostics.error_at(arguments.span(), with_help("an edge names a node, it does not call it", help));
    }
    Ok(of_path(path, alias, diagnostics))
}

/// A place by its path; `None` where it was reported.
pub(super) fn of_path(path: Path, alias: Option<Ident>, diagnostics: &Diagnostics) -> Option<Place> {
    let first = path.segments.first().map(|segment| segment.ident.clone())?;
    let ends = [keyword::START, keyword::END].iter().any(|word| first == word);
    if ends && path.segments.len() > 1 {
        if first == keyword::START || path.segments.len() > 2 {
            let help = format!("write `{first}`");
            diagnostics.error(&path, with_help("only an exit has two words: `END::TooLong`", help));
            return Some(Place::End(first.span()));
        }
        if let Some(alias) = &alias {
            diagnostics.error(alias, "an exit has no other name");
        }
        return path.segments.last().map(|exit| Place::Exit(exit.ident.clone()));
    }
    if ends && let Some(alias) = &alias {
        diagnostics.error(alias, format!("`{first}` has no other name"));
    }
    if first == keyword::START && ends {
        return Some(Place::Start(first.span()));
    }
    if ends { Some(Place::End(first.span())) } else { Some(Place::Node(NodeRef { path, alias })) }
}

fn list(input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<Place> {
    let content;
    let bracket = syn::bracketed!(content in input);
    let mut places = Vec::new();
    while !content.is_empty() {
        places.extend(place(&content, bracket.span.open(), diagnostics)?);
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    if places.is_empty() && diagnostics.is_empty() {
        diagnostics.error_at(bracket.span.join(), with_help("this list is empty", "name the nodes that run together"));
    }
    Ok(Place::List(places, bracket.span.join()))
}
