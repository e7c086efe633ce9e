//! Items that are not edges: `custom`, `interrupt`, `task`, `context`, `store`, `exit`, `calls`, `defer`, `each`, `defaults`.

use proc_macro2::TokenStream;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, Path, Token, Type, token};

use super::exit;
use super::syntax::{Graph, last_segment};
use crate::diagnostics::{Diagnostics, with_help};
use crate::policy;
use crate::{keyword, text};

/// The keyword that the statement begins with. It may also be the name of a node, which edges follow.
pub(super) fn keyword_of(input: ParseStream<'_>) -> Option<Ident> {
    let ident = input.fork().parse::<Ident>().ok()?;
    let known = [
        keyword::CALLS,
        keyword::CUSTOM,
        keyword::RUN_CONTEXT_ITEM,
        keyword::DEFAULTS,
        keyword::DEFER,
        keyword::EACH,
        keyword::PER_THREAD,
        keyword::UNSAVED,
        keyword::INTERRUPT,
        keyword::TASK,
        keyword::EXIT,
        keyword::STORE,
    ]
    .iter()
    .any(|keyword| ident == keyword);
    (known && !input.peek2(Token![->]) && !input.peek2(Token![as]) && !input.peek2(Token![::])).then_some(ident)
}

/// `custom T;`, `interrupt T;`, `context T;`, `store;`, `exit Name { field };`, `calls Search;`, `defer a, b;`, `each a, b;`,
/// `defaults(retry, timeout = "30s");`
pub(super) fn declaration(
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
        return calls(graph, input, diagnostics);
    }
    if keyword == keyword::DEFER {
        let (what, why) = ("be deferred", "only nodes wait");
        let arrow = ("a deferred node has no edge here", "defer");
        return nodes(&mut graph.deferred, (what, why), arrow, input, diagnostics);
    }
    if keyword == keyword::EACH {
        let (what, why) = ("run for each arrival", "only nodes run");
        let arrow = ("a node that each arrival runs has no edge here", "each");
        return nodes(&mut graph.repeated, (what, why), arrow, input, diagnostics);
    }
    if keyword == keyword::PER_THREAD {
        let (what, why) = ("keep a state", "only subgraphs do");
        let arrow = ("a subgraph with a memory has no edge here", "per_thread");
        return nodes(&mut graph.per_thread, (what, why), arrow, input, diagnostics);
    }
    if keyword == keyword::UNSAVED {
        let (what, why) = ("be left unsaved", "only subgraphs can");
        let arrow = ("an unsaved subgraph has no edge here", "unsaved");
        return nodes(&mut graph.unsaved, (what, why), arrow, input, diagnostics);
    }
    if keyword == keyword::EXIT {
        return exit::exit(graph, attributes, input, diagnostics);
    }
    if keyword == keyword::RUN_CONTEXT_ITEM {
        return context(graph, input, diagnostics);
    }
    if keyword == keyword::STORE {
        return store(graph, keyword, input, diagnostics);
    }
    if keyword == keyword::INTERRUPT {
        return interrupt(graph, keyword, input, diagnostics);
    }
    if keyword == keyword::TASK {
        return task(graph, keyword, input, diagnostics);
    }
    if input.is_empty() {
        let help = "write `custom Progress;`, with a type of yours";
        return Err(syn::Error::new(keyword.span(), with_help("`custom` needs the type of the events", help)));
    }
    let custom: Type = input.parse()?;
    if graph.custom.is_some() {
        let help = "make one enum of them";
        diagnostics.error(&custom, with_help("a graph has one type of custom events", help));
    }
    graph.custom.get_or_insert(custom);
    Ok(())
}

/// `Approve`, `review::Edit`, after the keyword `interrupt`.
fn interrupt(graph: &mut Graph, keyword: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    if input.is_empty() {
        let help = "write `interrupt Approve;`, with a type under `#[derive(Interrupt)]`";
        let message = with_help("`interrupt` needs the type of what is asked", help);
        return Err(syn::Error::new(keyword.span(), message));
    }
    loop {
        let path = input.call(Path::parse_mod_style)?;
        if graph.interrupts.iter().any(|known| last_segment(known) == last_segment(&path)) {
            let message = format!("`{}` stands twice among the interrupts", text::of(&path));
            let help = "each has a variant of its name: rename one of two types with `use .. as ..`";
            diagnostics.error(&path, with_help(message, help));
        } else {
            graph.interrupts.push(path);
        }
        if input.is_empty() {
            return Ok(());
        }
        input.parse::<Token![,]>()?;
    }
}

/// `translate, tools::search`, after the keyword `task`.
fn task(graph: &mut Graph, keyword: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    if input.is_empty() {
        let help = "write `task translate;`, with the name of a function under `#[task]`";
        return Err(syn::Error::new(keyword.span(), with_help("`task` needs the function that nodes call", help)));
    }
    loop {
        let path = input.call(Path::parse_mod_style)?;
        if input.peek(Token![->]) {
            let help = format!("leave `task` out if `{}` is a node: its edges name it", text::of(&path));
            let arrow: Token![->] = input.parse()?;
            return Err(syn::Error::new_spanned(arrow, with_help("a task has no edges: nodes call it", help)));
        }
        push_task(&mut graph.tasks, path, diagnostics);
        if input.is_empty() {
            return Ok(());
        }
        input.parse::<Token![,]>()?;
    }
}

/// Adds a task, unless one of its name is there, which is reported.
pub(crate) fn push_task(tasks: &mut Vec<Path>, path: Path, diagnostics: &Diagnostics) {
    if tasks.iter().any(|known| last_segment(known) == last_segment(&path)) {
        let message = format!("`{}` stands twice among the tasks", text::of(&path));
        let help = "each has a variant of its name: rename one of two with `use .. as ..`";
        diagnostics.error(&path, with_help(message, help));
    } else {
        tasks.push(path);
    }
}

/// `T`, after the keyword `context`.
fn context(graph: &mut Graph, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    let context: Type = input.parse()?;
    if graph.context.is_some() {
        let help = "make one struct of them";
        diagnostics.error(&context, with_help("a run is given one context", help));
    }
    graph.context.get_or_insert(context);
    Ok(())
}

/// Nothing, after the keyword `store`.
fn store(graph: &mut Graph, keyword: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    if !input.is_empty() {
        let help = "write `store;`; its collections have types: `cx.store().collection::<Fact>(..)`";
        diagnostics.error(input.parse::<TokenStream>()?, with_help("`store` has no type", help));
    }
    if graph.has_store {
        diagnostics.error(keyword, "a graph declares its store once");
    }
    graph.has_store = true;
    Ok(())
}

/// `(retry, timeout = "30s")`, after the keyword `defaults`.
fn defaults(graph: &mut Graph, keyword: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    if !input.peek(token::Paren) {
        let help = "write `defaults(retry(max_attempts = 3), timeout = \"30s\");`";
        return Err(syn::Error::new(keyword.span(), with_help("expected policies in parentheses after this", help)));
    }
    let content;
    syn::parenthesized!(content in input);
    let policy = policy::parse::defaults(content.parse()?, diagnostics);
    if graph.defaults.is_some() {
        diagnostics.error(keyword, with_help("a graph has its defaults once", "put all of them into one"));
    }
    graph.defaults.get_or_insert(policy);
    Ok(())
}

/// `Search, tools::Fetch`, after the keyword `calls`.
fn calls(graph: &mut Graph, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    loop {
        let path = input.call(Path::parse_mod_style)?;
        if graph.calls.iter().any(|known| last_segment(known) == last_segment(&path)) {
            let message = format!("`{}` stands twice among the graphs that are called", text::of(&path));
            diagnostics.error(&path, message);
        } else {
            graph.calls.push(path);
        }
        if input.is_empty() {
            return Ok(());
        }
        input.parse::<Token![,]>()?;
    }
}

/// `a, b`, after the keyword `defer` or `each`.
fn nodes(
    nodes: &mut Vec<Path>,
    (what, why): (&str, &str),
    (edge, keyword): (&str, &str),
    input: ParseStream<'_>,
    diagnostics: &Diagnostics,
) -> syn::Result<()> {
    loop {
        if !(input.peek(Ident::peek_any) || input.peek(Token![::])) {
            return Err(input.error("expected the name of a node"));
        }
        let path = input.call(Path::parse_mod_style)?;
        if let Some(word) = [keyword::START, keyword::END].into_iter().find(|word| path.is_ident(word)) {
            diagnostics.error(&path, with_help(format!("`{word}` cannot {what}"), why));
        } else {
            nodes.push(path);
        }
        if input.is_empty() {
            return Ok(());
        }
        if input.peek(Token![->]) {
            let help = format!("write `{keyword}` and the name of the node, and its edges in lines of their own");
            let arrow: Token![->] = input.parse()?;
            return Err(syn::Error::new_spanned(arrow, with_help(edge, help)));
        }
        input.parse::<Token![,]>()?;
    }
}
