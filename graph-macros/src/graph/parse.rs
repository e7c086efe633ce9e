//! The tokens of `graph!`, read item by item: what is broken is reported, and reading goes on after the next `;`.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Ident, Token, Type, Visibility, token};

use super::syntax::{Chain, Exit, Graph};
use super::{calls, defer, place};
use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;
use crate::node::policy::Policy;

/// The graph, or `None` where not even its name and state could be read.
pub(super) fn graph(input: TokenStream, diagnostics: &Diagnostics) -> Option<Graph> {
    let last = last_span(&input);
    let parsed = (|input: ParseStream<'_>| head(input, diagnostics)).parse2(input);
    let (mut graph, items) = diagnostics.ok(parsed.map_err(|error| at_end(error, last)))?;
    for (tokens, ended) in statements(items) {
        statement(&mut graph, tokens, ended, diagnostics);
    }
    Some(graph)
}

/// `[$crate] #[doc = ".."] pub ChatGraph<ChatState, ChatDeps> { .. }`
fn head(input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<(Graph, TokenStream)> {
    let krate;
    syn::bracketed!(krate in input);
    let krate = CratePath::known(krate.parse()?);
    let attributes = input.call(Attribute::parse_outer)?;
    let vis: Visibility = input.parse()?;
    if input.peek(Token![struct]) || input.peek(Token![enum]) {
        let keyword = input.call(Ident::parse_any)?;
        let help = "leave it out: `graph!` makes the struct";
        diagnostics.error(&keyword, with_help(format!("a graph begins with its name, not with `{keyword}`"), help));
    }
    let ident: Ident = input.parse()?;
    if !input.peek(Token![<]) {
        let help =
            format!("write `{ident}<ChatState>`, or `{ident}<ChatState, Deps>` if its nodes need something besides");
        return Err(syn::Error::new(
            ident.span(),
            with_help(format!("`{ident}` does not say over which state it runs"), help),
        ));
    }
    input.parse::<Token![<]>()?;
    let state: Type = input.parse()?;
    let mut deps = None;
    if input.parse::<Option<Token![,]>>()?.is_some() && !input.peek(Token![>]) {
        deps = Some(input.parse::<Type>()?);
        input.parse::<Option<Token![,]>>()?;
    }
    input.parse::<Token![>]>()?;
    let items = if input.peek(token::Brace) {
        let items;
        syn::braced!(items in input);
        items.parse()?
    } else {
        diagnostics.error_at(ident.span(), format!("expected the edges of `{ident}` in braces, after its state"));
        input.parse::<TokenStream>()?;
        TokenStream::new()
    };
    let rest: TokenStream = input.parse()?;
    if !rest.is_empty() {
        diagnostics.error(&rest, "nothing can follow the braces of a graph");
    }
    let (exits, calls, deferred, chains) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let graph = Graph {
        krate,
        attributes,
        vis,
        ident,
        state,
        deps,
        custom: None,
        defaults: None,
        exits,
        calls,
        deferred,
        chains,
    };
    Ok((graph, items))
}

/// The items as tokens, and whether each was ended by a `;`.
fn statements(items: TokenStream) -> Vec<(TokenStream, bool)> {
    let (mut all, mut current) = (Vec::new(), TokenStream::new());
    for token in items {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                all.push((std::mem::take(&mut current), true));
            }
            token => current.extend([token]),
        }
    }
    all.push((current, false));
    all.retain(|(tokens, _)| !tokens.is_empty());
    all
}

fn statement(graph: &mut Graph, tokens: TokenStream, ended: bool, diagnostics: &Diagnostics) {
    let (last, before) = (last_span(&tokens), diagnostics.len());
    // What a statement has half understood is kept: its nodes exist, so that editors and rustc know them.
    let mut chains = Vec::new();
    let parse = |input: ParseStream<'_>| {
        let attributes = input.call(Attribute::parse_outer)?;
        match keyword_of(input) {
            Some(keyword) => declaration(graph, attributes, &keyword, input, diagnostics),
            None => edges(&mut chains, input, diagnostics),
        }
    };
    match parse.parse2(tokens) {
        Ok(()) if !ended && diagnostics.len() == before => diagnostics.error_at(last, "expected `;` after this"),
        Err(error) if diagnostics.len() == before => diagnostics.push(at_end(error, last)),
        // One thing was said of it already.
        Ok(()) | Err(_) => {}
    }
    graph.chains.append(&mut chains);
}

/// The first word, if it begins a declaration; a node may have such a name.
fn keyword_of(input: ParseStream<'_>) -> Option<Ident> {
    let ident = input.fork().parse::<Ident>().ok()?;
    let known = [keyword::CALLS, keyword::CUSTOM, keyword::DEFAULTS, keyword::DEFER, keyword::INTERRUPT, keyword::EXIT]
        .iter()
        .any(|keyword| ident == keyword);
    (known && !input.peek2(Token![->]) && !input.peek2(Token![as]) && !input.peek2(Token![::])).then_some(ident)
}

/// `custom T;`, `exit Name;`, `calls Search;`, `defer a, b;`, `defaults(retry, timeout = "30s");`
fn declaration(
    graph: &mut Graph,
    attributes: Vec<Attribute>,
    keyword: &Ident,
    input: ParseStream<'_>,
    diagnostics: &Diagnostics,
) -> syn::Result<()> {
    input.parse::<Ident>()?;
    if keyword == keyword::DEFAULTS {
        return defaults(graph, keyword, input, diagnostics);
    }
    if keyword == keyword::CALLS {
        return calls::parse(graph, input, diagnostics);
    }
    if keyword == keyword::DEFER {
        return defer::parse(graph, input, diagnostics);
    }
    if keyword == keyword::EXIT {
        return exit(graph, attributes, input, diagnostics);
    }
    if keyword != keyword::CUSTOM {
        diagnostics.error(keyword, format!("`{keyword}` is not part of `graph!` yet"));
        input.parse::<TokenStream>()?;
        return Ok(());
    }
    let custom: Type = input.parse()?;
    if graph.custom.is_some() {
        let help = "make one enum of them";
        diagnostics.error(&custom, with_help("a graph has one type of custom events", help));
    }
    graph.custom.get_or_insert(custom);
    Ok(())
}

/// `(retry, timeout = "30s")`
fn defaults(graph: &mut Graph, keyword: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    if !input.peek(token::Paren) {
        let help = "write `defaults(retry(max_attempts = 3), timeout = \"30s\");`";
        return Err(syn::Error::new(keyword.span(), with_help("expected policies in parentheses after this", help)));
    }
    let content;
    syn::parenthesized!(content in input);
    let policy = Policy::defaults(content.parse()?, diagnostics);
    if graph.defaults.is_some() {
        diagnostics.error(keyword, with_help("a graph has its defaults once", "put all of them into one"));
    }
    graph.defaults.get_or_insert(policy);
    Ok(())
}

/// `TooLong`, after the keyword `exit`.
fn exit(
    graph: &mut Graph,
    attributes: Vec<Attribute>,
    input: ParseStream<'_>,
    diagnostics: &Diagnostics,
) -> syn::Result<()> {
    let ident: Ident = input.parse()?;
    let name = ident.to_string();
    if graph.exits.iter().any(|known| known.ident == ident) {
        diagnostics.error(&ident, format!("the exit `{name}` is declared twice"));
        return Ok(());
    }
    if keyword::respelt(&name) == Some(keyword::END) {
        diagnostics.error(&ident, with_help("every graph has the plain end", "give this exit a name of its own"));
        return Ok(());
    }
    graph.exits.push(Exit { attributes, ident });
    Ok(())
}

/// `a -> b -> c`, or several of them where a `;` was forgotten.
fn edges(chains: &mut Vec<Chain>, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    chains.push(Chain::default());
    let mut forgotten = false;
    loop {
        let Some(chain) = chains.last_mut() else { return Ok(()) };
        let after = match place::chain(input, chain, diagnostics) {
            Ok(after) => after,
            // After a forgotten `;` anything may follow: that was said.
            Err(_) if forgotten => return input.parse::<TokenStream>().map(|_| ()),
            Err(error) => return Err(error),
        };
        if input.is_empty() {
            return Ok(());
        }
        if input.peek(Token![,]) && !forgotten {
            let comma = input.parse::<Token![,]>()?;
            let help = "write `a -> [b, c]` for nodes that run together, or an edge for each";
            diagnostics.error(comma, with_help("several nodes beside an arrow stand in a list", help));
            forgotten = true;
        } else if !std::mem::replace(&mut forgotten, true) {
            diagnostics.error_at(after, "expected `->` or `;` after this");
        }
        chains.push(Chain::default());
    }
}

/// The error, at the last token where it would be at nothing: a statement ends where its tokens do.
fn at_end(error: syn::Error, last: Span) -> syn::Error {
    let message = error.to_string();
    match message.strip_prefix("unexpected end of input, ") {
        Some(expected) => syn::Error::new(last, format!("{expected} after this")),
        None => error,
    }
}

fn last_span(tokens: &TokenStream) -> Span {
    match tokens.clone().into_iter().last() {
        Some(TokenTree::Group(group)) => group.span_close(),
        Some(token) => token.span(),
        None => Span::call_site(),
    }
}
