//! The edges, routers and joins of a chain. Rules about a single edge are checked here.

use proc_macro2::Span;

use super::{Edge, Join, Model, Outgoing, Target, exits, router};
use crate::diagnostics::{Diagnostics, with_help};
use crate::graph::parse::syntax::{Chain, Endpoint, Router};
use crate::source::At;

/// Adds the edges of a chain to the model.
pub(super) fn edges(model: &mut Model, chain: &Chain, diagnostics: &Diagnostics) {
    for pair in chain.endpoints.windows(2) {
        let [from, to] = pair else { continue };
        match from {
            Endpoint::Start(_) => edge(model, None, to, diagnostics),
            Endpoint::Node(node) => {
                if let Some(node) = model.find_node(node.ident()) {
                    edge(model, Some(node), to, diagnostics);
                }
            }
            Endpoint::List(sources, span) => join(model, sources, *span, to, diagnostics),
            Endpoint::End(span) => diagnostics.error_at(*span, "nothing can follow END"),
            Endpoint::Exit(exit) => diagnostics.error(exit, "nothing can follow an exit"),
            Endpoint::Router(_) => {
                let help = "write the edges of each node that it leads to";
                diagnostics.error_at(to.span(), with_help("nothing can follow a router in one line", help));
            }
        }
    }
    if let [Endpoint::Router(router)] = &*chain.endpoints {
        let help = "write `node -> |state| ..`";
        diagnostics.error_at(router.span, with_help("a router does not say which node it follows", help));
    }
}

/// An edge, a fan-out or a router, out of a node or out of START.
fn edge(model: &mut Model, from: Option<usize>, to: &Endpoint, diagnostics: &Diagnostics) {
    if let Endpoint::Router(router) = to {
        route(model, from, router, diagnostics);
        return;
    }
    for target in targets(model, to, diagnostics) {
        let (from_name, to_name) = (model.source_name(from).to_owned(), model.target_name(target.target).to_owned());
        let outgoing = model.outgoing(from);
        if outgoing.router.is_some() {
            let help = format!("put `{to_name}` into the router");
            let message = format!("`{from_name}` already leaves by a router; both would run");
            diagnostics.error_at(target.at.0, with_help(message, help));
        } else if outgoing.edges.iter().any(|edge| edge.target == target.target) {
            diagnostics.error_at(target.at.0, format!("the edge `{from_name} -> {to_name}` stands twice"));
        } else if outgoing.edges.iter().any(|edge| edge.target.is_exit() || target.target.is_exit()) {
            let help = "let a router decide between them";
            let message = format!("`{from_name}` takes an exit, which ends the whole run, and leads elsewhere too");
            diagnostics.error_at(target.at.0, with_help(message, help));
        } else {
            outgoing_mut(model, from).edges.push(target);
        }
    }
}

/// A router out of a node or out of START.
fn route(model: &mut Model, from: Option<usize>, router: &Router, diagnostics: &Diagnostics) {
    let (from_name, outgoing) = (model.source_name(from).to_owned(), model.outgoing(from));
    if outgoing.router.is_some() {
        let help = "nest them, or fan out with `[..]` inside the first";
        diagnostics.error_at(router.span, with_help(format!("`{from_name}` already has a router"), help));
        return;
    }
    if !outgoing.is_empty() {
        let what = if outgoing.edges.is_empty() { "is waited for by a join" } else { "already leaves by an edge" };
        let message = format!("`{from_name}` {what}; both would run");
        diagnostics.error_at(router.span, with_help(message, "put what follows into the router"));
        return;
    }
    if let (None, Some(pattern)) = (from, &router.route) {
        let help = "write `|state| ..`";
        diagnostics.error(pattern, with_help("no node has run at START that could have decided a route", help));
    }
    router.body.mentions(&mut |mention, sent| {
        if let Some(node) = model.find_node(mention.ident()) {
            let node = &mut model.nodes[node];
            if sent {
                node.has_task_input = true;
            } else {
                node.plain_edge.get_or_insert(At(mention.ident().span()));
            }
        }
    });
    let resolved = router::resolve(model, router, diagnostics);
    outgoing_mut(model, from).router = Some(resolved);
}

/// `[a, b] -> c`; a list of one is that one.
fn join(model: &mut Model, list: &[Endpoint], span: Span, to: &Endpoint, diagnostics: &Diagnostics) {
    let mut sources = Vec::new();
    for endpoint in list {
        match endpoint {
            Endpoint::Node(node) => match model.find_node(node.ident()) {
                Some(node) if sources.contains(&node) => {
                    diagnostics
                        .error_at(endpoint.span(), format!("`{}` stands twice in this list", model.nodes[node].name));
                }
                Some(node) => sources.push(node),
                None => {}
            },
            other => {
                diagnostics.error_at(other.span(), with_help("only nodes can be waited for", "list nodes before `->`"));
            }
        }
    }
    if let [one] = *sources {
        return edge(model, Some(one), to, diagnostics);
    }
    if let Endpoint::Router(router) = to {
        let help = "let the list lead to one node, and give that node the router";
        diagnostics.error_at(router.span, with_help("a list cannot be followed by a router", help));
        return;
    }
    for &source in &sources {
        let node = &model.nodes[source];
        if node.outgoing.router.is_some() {
            let message = format!("`{}` already leaves by a router; both would run", node.name);
            diagnostics.error_at(span, with_help(message, format!("leave `{}` out of this list", node.name)));
            return;
        }
    }
    let targets = targets(model, to, diagnostics);
    let index = model.joins.len();
    for (position, &source) in sources.iter().enumerate() {
        model.nodes[source].outgoing.joins.push((index, position));
    }
    model.joins.push(Join { sources, targets, at: At(span) });
}

/// The plain targets of an edge or a join.
fn targets(model: &mut Model, to: &Endpoint, diagnostics: &Diagnostics) -> Vec<Edge> {
    let (span, at) = (to.span(), At(to.span()));
    match to {
        Endpoint::Node(node) => {
            let Some(node) = model.find_node(node.ident()) else { return Vec::new() };
            model.nodes[node].plain_edge.get_or_insert(at);
            vec![Edge { target: Target::Node(node), at }]
        }
        Endpoint::End(_) => vec![Edge { target: Target::End, at }],
        Endpoint::Exit(exit) => exits::take(model, exit, diagnostics)
            .map(|exit| Edge { target: Target::Exit(exit), at })
            .into_iter()
            .collect(),
        Endpoint::Start(_) => {
            let help = "name the node that runs first, to go back to it";
            diagnostics.error_at(span, with_help("nothing can lead to START", help));
            Vec::new()
        }
        Endpoint::List(list, _) => list.iter().flat_map(|endpoint| targets(model, endpoint, diagnostics)).collect(),
        Endpoint::Router(_) => {
            let help = "write the list inside the router: `|state| [a, if .. { b } else { c }]`";
            diagnostics.error_at(span, with_help("a router cannot stand in a list", help));
            Vec::new()
        }
    }
}

fn outgoing_mut(model: &mut Model, from: Option<usize>) -> &mut Outgoing {
    match from {
        Some(node) => &mut model.nodes[node].outgoing,
        None => &mut model.start,
    }
}
