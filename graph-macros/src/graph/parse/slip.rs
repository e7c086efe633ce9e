//! Syntax of other languages, where an arrow or a `;` has to stand: what was probably meant.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::Token;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;

use super::syntax::{Chain, Endpoint};
use crate::diagnostics::with_help;
use crate::{keyword, text};

/// The error about what follows the last endpoint of `chain`, with the token that it is about.
pub(super) fn after(chain: &Chain, after: Span, input: ParseStream<'_>) -> (Span, String) {
    let last = chain.endpoints.last();
    let begins = chain.arrows.is_empty();
    let name = last.map_or(String::new(), name);
    let here = input.span();
    if input.peek(Token![<]) && input.peek2(Token![-]) || input.peek(Token![<-]) {
        let to = word_behind(input, 2).unwrap_or_else(|| "..".to_owned());
        return (here, with_help("an edge points forward", format!("write `{to} -> {name}`")));
    }
    if input.peek(Token![if]) {
        return (here, condition(last, &name, input));
    }
    if input.peek(Token![as]) {
        return (here, with_help("a node has one name in a graph", "keep one `as ..`"));
    }
    let is_line = input.peek(Token![-]) && input.peek2(Token![-]);
    if is_line && !input.peek3(syn::Ident) {
        return (here, "an edge is written `->`".to_owned());
    }
    // `-[yes]->`, `plan: tell`, Mermaid's `-- yes -->`, Graphviz's `[label = "yes"]`.
    let is_label = input.peek(Token![-]) && input.peek2(syn::token::Bracket)
        || input.peek(Token![:]) && !input.peek(Token![::])
        || input.peek(syn::token::Bracket);
    if is_line || is_label {
        let help = format!("let a router decide: `{name} -> |state| if .. {{ .. }} else {{ .. }}`");
        return (here, with_help("an edge has no label", help));
    }
    // Not `|state| ..`, a router whose arrow is missing.
    let is_or = input.peek(Token![|]) && !begins && !input.peek3(Token![|]);
    if input.peek(Token![&]) || input.peek(Token![+]) || is_or {
        let next = word_behind(input, 1).unwrap_or_else(|| "..".to_owned());
        let help = format!("write `[{name}, {next}]` for nodes that run together");
        return (here, with_help("several nodes beside an arrow stand in a list", help));
    }
    if begins && input.peek(Token![=]) {
        let next = word_behind(input, 1).unwrap_or_else(|| "..".to_owned());
        if let Some((what, help)) = item(&name, &next) {
            return (after, with_help(what, help));
        }
    }
    if input.peek(Token![.]) {
        let help = "a node is a function: write its name, or its path with `::`";
        return (here, with_help("a node is not a method or a field", help));
    }
    if let Some(Endpoint::Router(router)) = last {
        return (router.end, "expected `;` after this router".to_owned());
    }
    if input.peek(syn::Ident::peek_any) && !input.peek(Token![for]) && !input.peek(Token![match]) {
        let next = input.fork().call(syn::Ident::parse_any).map_or(String::new(), |next| next.to_string());
        if name == keyword::DEFER {
            let help = format!("write `defer {next};` in a line of its own");
            return (here, with_help("`defer` does not stand in an edge", help));
        }
        if let Some((what, help)) = begins.then(|| item(&name, &next)).flatten() {
            return (after, with_help(what, help));
        }
    }
    (after, "expected `->` or `;` after this".to_owned())
}

/// `plan -> tell if state.count > 3`, `|state| tell if state.count > 3 else END`
fn condition(last: Option<&Endpoint>, name: &str, input: ParseStream<'_>) -> String {
    let rest: TokenStream = input.fork().parse().unwrap_or_default();
    let (mut condition, mut otherwise) = (TokenStream::new(), None);
    for token in rest.into_iter().skip(1) {
        match (&token, &mut otherwise) {
            (TokenTree::Ident(word), None) if word == "else" => otherwise = Some(TokenStream::new()),
            (_, None) => condition.extend([token]),
            (_, Some(otherwise)) => otherwise.extend([token]),
        }
    }
    let (condition, otherwise) = (text::of(condition), otherwise.map_or_else(|| "END".to_owned(), text::of));
    let routing = |then: &str| format!("if {condition} {{ {then} }} else {{ {otherwise} }}");
    match last {
        Some(Endpoint::Router(router)) => {
            let then = router.leaf.as_deref().unwrap_or("..");
            with_help("the condition comes first", format!("write `{}`", routing(then)))
        }
        _ => with_help("a condition stands in a router", format!("write `-> |state| {}`", routing(name))),
    }
}

/// `node plan;`, `entry plan;`: the message, and the help.
fn item(word: &str, next: &str) -> Option<(String, String)> {
    let message = format!("`graph!` has no item `{word}`");
    match word {
        "node" | "nodes" | "add_node" | "task" | "step" => {
            Some((message, format!("leave it out: the edges of `{next}` name it")))
        }
        "entry" | "entrypoint" | "entry_point" | "set_entry_point" | "start" | "begin" | "from" => {
            Some((message, format!("write `START -> {next};`")))
        }
        "finish" | "finish_point" | "set_finish_point" | "end" => Some((message, format!("write `{next} -> END;`"))),
        "interrupt_before" | "interrupt_after" | "breakpoint" | "breakpoints" => {
            let help = "a breakpoint is one of a run, or of an app with a checkpointer: `.interrupt_before([..])`";
            Some((message, help.to_owned()))
        }
        "edge" | "add_edge" => Some((message, "write `a -> b;`".to_owned())),
        "state" => Some((message, "the state stands in the head: `ChatGraph<ChatState>`".to_owned())),
        "deps" | "dependencies" => {
            Some((message, "dependencies stand in the head: `ChatGraph<ChatState, Deps>`".to_owned()))
        }
        _ => {
            let known = [keyword::CALLS, keyword::CUSTOM, keyword::DEFAULTS, keyword::DEFER, keyword::EXIT];
            let near = crate::diagnostics::nearest(word, known)?;
            Some((message, format!("did you mean `{near}`?")))
        }
    }
}

/// The word behind this many tokens.
fn word_behind(input: ParseStream<'_>, skipped: usize) -> Option<String> {
    let mut tokens = input.fork().parse::<TokenStream>().ok()?.into_iter().skip(skipped);
    match tokens.next()? {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

/// The text of an endpoint.
fn name(endpoint: &Endpoint) -> String {
    match endpoint {
        Endpoint::Start(_) => keyword::START.to_owned(),
        Endpoint::End(_) => keyword::END.to_owned(),
        Endpoint::Exit(exit) => format!("{}::{exit}", keyword::END),
        Endpoint::Node(node) => node.ident().to_string(),
        Endpoint::List(endpoints, _) => {
            format!("[{}]", endpoints.iter().map(name).collect::<Vec<_>>().join(", "))
        }
        Endpoint::Router(_) => "..".to_owned(),
    }
}
