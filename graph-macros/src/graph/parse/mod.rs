//! Tokens to syntax tree, statement by statement. A syntax error is reported, and parsing goes on after the next `;`.
mod chain;
mod early_end;
mod endpoint;
mod exit;
mod half_written;
mod item;
mod named;
mod router;
mod slip;
pub(super) mod syntax;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Ident, Token, Type, Visibility, token};

pub(crate) use self::item::push_task;
use self::syntax::Graph;
use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};

const NO_ATTRIBUTES: &str =
    "put `#[cfg(..)]` on the whole `graph!`, once for each form of the graph: it is checked as a whole";

/// The graph; `None` if its name and state could not be parsed.
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
    if is_named_like_a_node(&ident) {
        let help = "in a graph, this tells it from a node";
        diagnostics.error(&ident, with_help("the name of a graph begins with a capital letter", help));
    }
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
    if matches!(&state, Type::Path(path) if path.path.is_ident(&ident)) {
        let help = format!("call it `{ident}Graph`");
        return Err(syn::Error::new(ident.span(), with_help("a graph and its state cannot have one name", help)));
    }
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
    let graph = Graph {
        krate,
        attributes,
        vis,
        ident,
        state,
        deps,
        custom: None,
        interrupts: Vec::new(),
        tasks: Vec::new(),
        context: None,
        has_store: false,
        defaults: None,
        exits: Vec::new(),
        calls: Vec::new(),
        deferred: Vec::new(),
        repeated: Vec::new(),
        per_thread: Vec::new(),
        unsaved: Vec::new(),
        chains: Vec::new(),
        drafts: Vec::new(),
    };
    Ok((graph, items))
}

/// Whether the name begins with a small letter. Such a graph was reported, and would be taken for a node.
pub(super) fn is_named_like_a_node(graph: &Ident) -> bool {
    !graph.unraw().to_string().trim_start_matches('_').starts_with(char::is_uppercase)
}

/// Splits the items into statements; `true` for those that end with a `;`.
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
    graph.drafts.extend(half_written::draft(tokens.clone()));
    // Keep the chains of a statement with a syntax error: their nodes get their items all the same.
    let mut chains = Vec::new();
    let parse = |input: ParseStream<'_>| {
        let attributes = input.call(Attribute::parse_outer)?;
        let (docs, others): (Vec<_>, Vec<_>) =
            attributes.into_iter().partition(|attribute| attribute.path().is_ident("doc"));
        if let Some(attribute) = others.first() {
            diagnostics.error(attribute, with_help("what stands in a graph has no attributes", NO_ATTRIBUTES));
        }
        match item::keyword_of(input) {
            Some(keyword) => item::declaration(graph, docs, &keyword, input, diagnostics),
            None => chain::edges(&mut chains, input, diagnostics),
        }
    };
    match parse.parse2(tokens.clone()) {
        Ok(()) if !ended && diagnostics.len() == before => diagnostics.error_at(last, "expected `;` after this"),
        Err(error) if diagnostics.len() == before => diagnostics.push(at_end(error, last)),
        // At most one error a statement.
        Ok(()) | Err(_) => {}
    }
    if diagnostics.len() > before {
        chains.extend(half_written::mentions(tokens));
    }
    graph.chains.append(&mut chains);
}

/// Moves an "unexpected end of input" to the last token of the statement.
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
