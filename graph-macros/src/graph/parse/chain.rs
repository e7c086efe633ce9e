//! Edges: `a -> b -> c`.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::Token;
use syn::parse::ParseStream;

use super::syntax::{Chain, Endpoint};
use super::{endpoint, slip};
use crate::diagnostics::{Diagnostics, with_help};

/// One chain, or several where a `;` is missing.
pub(super) fn edges(chains: &mut Vec<Chain>, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    chains.push(Chain::default());
    let mut missing = false;
    loop {
        let Some(chain) = chains.last_mut() else { return Ok(()) };
        let after = match self::chain(input, chain, diagnostics) {
            Ok(after) => after,
            // The missing `;` was reported; errors after it would follow from that.
            Err(_) if missing => return input.parse::<TokenStream>().map(|_| ()),
            Err(error) => return Err(error),
        };
        if input.is_empty() {
            return Ok(());
        }
        if input.peek(Token![,]) && !missing {
            let comma = input.parse::<Token![,]>()?;
            let help = "write `a -> [b, c]` for nodes that run together, or an edge for each";
            diagnostics.error(comma, with_help("several nodes beside an arrow stand in a list", help));
            missing = true;
        } else if !std::mem::replace(&mut missing, true) {
            let (at, message) = slip::after(chain, after, input);
            diagnostics.error_at(at, message);
        }
        chains.push(Chain::default());
    }
}

/// Parses `a -> b -> c` into `chain`; returns the span of the last token parsed.
fn chain(input: ParseStream<'_>, chain: &mut Chain, diagnostics: &Diagnostics) -> syn::Result<Span> {
    let mut after = input.span();
    chain.endpoints.extend(endpoint::endpoint(input, after, diagnostics)?);
    loop {
        after = chain.endpoints.last().map_or(after, Endpoint::span);
        let Some(arrow) = arrow(input, diagnostics)? else { break };
        let endpoint = endpoint::endpoint(input, arrow, diagnostics)?;
        // After a bad endpoint, which was reported, the chain goes on without it.
        chain.arrows.push(arrow);
        chain.endpoints.extend(endpoint);
    }
    if chain.endpoints.len() == 1 && chain.arrows.is_empty() && input.is_empty() {
        return Err(syn::Error::new(after, "expected `->` after this"));
    }
    Ok(after)
}

/// Parses an arrow, if one is next. `=>`, `>>`, `-->`, `-.->`, `==>` and `- >` are reported and taken for one.
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
    } else if input.peek(Token![-]) && input.peek2(Token![.]) && input.peek3(Token![->]) {
        // Mermaid's `-.->` and `==>`.
        other.extend(input.parse::<Token![-]>()?.into_token_stream());
        other.extend(input.parse::<Token![.]>()?.into_token_stream());
        other.extend(input.parse::<Token![->]>()?.into_token_stream());
    } else if input.peek(Token![==]) && input.peek3(Token![>]) {
        other.extend(input.parse::<Token![==]>()?.into_token_stream());
        other.extend(input.parse::<Token![>]>()?.into_token_stream());
    } else {
        return Ok(None);
    }
    let last = other.clone().into_iter().last().map_or_else(Span::call_site, |token| token.span());
    diagnostics.error(other, "an edge is written `->`");
    Ok(Some(last))
}
