//! One side of an arrow: a node, a list, a router, START or END.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Expr, Ident, Path, Token, token};

use super::syntax::Endpoint;
use super::{named, router};
use crate::diagnostics::{Diagnostics, with_help};

/// Parses one endpoint; `None` if it cannot stand there, which was reported.
pub(super) fn endpoint(
    input: ParseStream<'_>,
    after: Span,
    diagnostics: &Diagnostics,
) -> syn::Result<Option<Endpoint>> {
    const EXPECTED: &str = "expected a node, `END`, `[..]` or a router `|state| ..`";
    if input.is_empty() {
        return Err(syn::Error::new(after, format!("{EXPECTED} after this")));
    }
    if input.peek(Token![|]) || input.peek(Token![||]) || input.peek(Token![move]) || input.peek(Token![async]) {
        let closure = match input.parse::<Expr>()? {
            Expr::Closure(closure) => closure,
            other => return Err(syn::Error::new_spanned(other, EXPECTED)),
        };
        return Ok(router::router(closure, diagnostics).map(|router| Endpoint::Router(Box::new(router))));
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
        let is_tuple = input.peek(token::Paren);
        let token: proc_macro2::TokenTree = input.parse()?;
        if is_tuple {
            let help = "write `[a, b]` for nodes that run together";
            return Err(syn::Error::new(
                token.span(),
                with_help("several nodes beside an arrow stand in a list", help),
            ));
        }
        return Err(syn::Error::new(token.span(), EXPECTED));
    }
    node(input, diagnostics)
}

/// `START`, `END`, `nodes::ask`, `nodes::ask as second_ask`
fn node(input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<Option<Endpoint>> {
    let path = input.call(Path::parse_mod_style)?;
    if path.is_ident("self") && input.peek(Token![.]) {
        input.parse::<Token![.]>()?;
        let method: Ident = input.parse()?;
        let help = format!(
            "write `{method}`, a function with `#[node]`; what it needs of `self` belongs in the graph's dependencies"
        );
        diagnostics.error(path, with_help("a node is a function, not a method", help));
        return Ok(None);
    }
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
    Ok(named::endpoint(path, alias, diagnostics))
}

/// `[a, b]`
fn list(input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<Endpoint> {
    let content;
    let bracket = syn::bracketed!(content in input);
    let mut endpoints = Vec::new();
    while !content.is_empty() {
        endpoints.extend(endpoint(&content, bracket.span.open(), diagnostics)?);
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    if endpoints.is_empty() && diagnostics.is_empty() {
        diagnostics.error_at(bracket.span.join(), with_help("this list is empty", "name the nodes that run together"));
    }
    Ok(Endpoint::List(endpoints, bracket.span.join()))
}
