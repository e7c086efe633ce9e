//! From what is written to what it means. Where a rule is about one place alone, it is checked here.

use proc_macro2::Span;
use syn::Ident;

use super::model::{Edge, Join, Model, Node, Target, name_of};
use super::syntax::{Chain, Graph, NodeRef, Place, Router};
use super::{branches, defer, exits};
use crate::diagnostics::{Diagnostics, with_help};
use crate::text;

pub(super) fn model<'a>(graph: &'a Graph, diagnostics: &Diagnostics) -> Model<'a> {
    let mut model = Model { exits: exits::declared(graph), ..Model::default() };
    for chain in &graph.chains {
        for place in &chain.places {
            mentions(place, &mut |node, _| intern(&mut model, node, diagnostics));
        }
    }
    // Edges of two nodes that were taken for one would be complained of for nothing.
    let quiet = Diagnostics::new();
    let heard = if diagnostics.is_empty() { diagnostics } else { &quiet };
    for chain in &graph.chains {
        hops(&mut model, chain, heard);
    }
    defer::mark(&mut model, graph, heard);
    let _ = quiet.finish();
    model
}

fn mentions<'a>(place: &'a Place, visit: &mut dyn FnMut(&'a NodeRef, bool)) {
    match place {
        Place::Node(node) => visit(node, false),
        Place::List(places, _) => places.iter().for_each(|place| mentions(place, visit)),
        Place::Router(router) => router.body.mentions(visit),
        Place::Start(_) | Place::End(_) | Place::Exit(_) => {}
    }
}

/// The first mention of a node defines it. A later one is its name, or the same path again.
fn intern<'a>(model: &mut Model<'a>, node: &'a NodeRef, diagnostics: &Diagnostics) {
    let ident = node.ident();
    if let Some(known) = model.find(node) {
        let (here, there) = (text::of(&node.path), text::of(model.nodes[known].path));
        if !node.is_name() && here != there {
            let message = format!("`{ident}` stands for two nodes, `{there}` and `{here}`");
            let help = format!("give this one another name: `{here} as second_{}`", name_of(ident));
            diagnostics.error(ident, with_help(message, help));
        }
        return;
    }
    let name = name_of(ident);
    let mut variant = variant(&name, ident.span());
    while let Some(other) = model.nodes.iter().find(|other| other.variant == variant) {
        let message = format!("`{}` and `{name}` would both be the variant `{variant}`", other.name);
        diagnostics.error(ident, with_help(message, format!("give this one another name: `{name} as ..`")));
        variant = Ident::new(&format!("{variant}2"), ident.span());
    }
    model.nodes.push(Node {
        variant,
        ident: ident.clone(),
        name,
        path: &node.path,
        exits: Default::default(),
        sent: false,
        pulled: None,
        deferred: false,
    });
}

/// `refine_topic` as `RefineTopic`.
fn variant(name: &str, span: Span) -> Ident {
    let mut variant = String::new();
    for word in name.split('_') {
        let mut letters = word.chars();
        variant.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
    }
    // What is left of a name of underscores, and the one word that cannot be a variant.
    if variant.is_empty() || variant == "Self" || !variant.starts_with(char::is_alphabetic) {
        variant.insert_str(0, "Node");
    }
    Ident::new(&variant, span)
}

fn hops<'a>(model: &mut Model<'a>, chain: &'a Chain, diagnostics: &Diagnostics) {
    for pair in chain.places.windows(2) {
        let [from, to] = pair else { continue };
        match from {
            Place::Start(_) => edge(model, None, to, diagnostics),
            Place::Node(node) => {
                if let Some(node) = model.find(node) {
                    edge(model, Some(node), to, diagnostics);
                }
            }
            Place::List(places, span) => join(model, places, *span, to, diagnostics),
            Place::End(span) => diagnostics.error_at(*span, "nothing can follow END"),
            Place::Exit(exit) => diagnostics.error(exit, "nothing can follow an exit"),
            Place::Router(_) => {
                let help = "write the edges of each node that it leads to";
                diagnostics.error_at(to.span(), with_help("nothing can follow a router in one line", help));
            }
        }
    }
    if let [Place::Router(router)] = &*chain.places {
        let help = "write `node -> |state| ..`";
        diagnostics.error_at(router.span, with_help("a router does not say which node it follows", help));
    }
}

/// An edge, a fan-out or a router, out of a node or out of START.
fn edge<'a>(model: &mut Model<'a>, from: Option<usize>, to: &'a Place, diagnostics: &Diagnostics) {
    if let Place::Router(router) = to {
        route(model, from, router, diagnostics);
        return;
    }
    for target in targets(model, to, diagnostics) {
        let (from_name, to_name) = (model.name(from).to_owned(), name(model, target.target).to_owned());
        let exits = model.exits(from);
        if exits.router.is_some() {
            let help = format!("put `{to_name}` into the router");
            let message = format!("`{from_name}` already leaves by a router; both would run");
            diagnostics.error_at(target.span, with_help(message, help));
        } else if exits.edges.iter().any(|edge| edge.target == target.target) {
            diagnostics.error_at(target.span, format!("the edge `{from_name} -> {to_name}` stands twice"));
        } else if exits.edges.iter().any(|edge| exits::is_one(edge.target) || exits::is_one(target.target)) {
            let help = "let a router decide between them";
            let message = format!("`{from_name}` takes an exit, which ends the whole run, and leads elsewhere too");
            diagnostics.error_at(target.span, with_help(message, help));
        } else {
            exits_mut(model, from).edges.push(target);
        }
    }
}

fn route<'a>(model: &mut Model<'a>, from: Option<usize>, router: &'a Router, diagnostics: &Diagnostics) {
    let (from_name, exits) = (model.name(from).to_owned(), model.exits(from));
    if exits.router.is_some() {
        let help = "nest them, or fan out with `[..]` inside the first";
        diagnostics.error_at(router.span, with_help(format!("`{from_name}` already has a router"), help));
        return;
    }
    if !exits.is_empty() {
        let what = if exits.edges.is_empty() { "is waited for by a join" } else { "already leaves by an edge" };
        let message = format!("`{from_name}` {what}; both would run");
        diagnostics.error_at(router.span, with_help(message, "put what follows into the router"));
        return;
    }
    if let (None, Some(pattern)) = (from, &router.route) {
        let help = "write `|state| ..`";
        diagnostics.error(pattern, with_help("no node has run at START that could have decided a route", help));
    }
    router.body.mentions(&mut |node, sent| {
        if let Some(place) = model.find(node) {
            let known = &mut model.nodes[place];
            if sent {
                known.sent = true;
            } else {
                known.pulled.get_or_insert(node.ident().span());
            }
        }
    });
    exits::take_all(model, &router.body, diagnostics);
    let (branches, told_apart) = branches::of(router, model, diagnostics);
    let exits = exits_mut(model, from);
    exits.router = Some(router);
    exits.branches = branches;
    exits.blurred = !told_apart;
}

/// `[a, b] -> c`; a list of one is that one.
fn join<'a>(model: &mut Model<'a>, places: &'a [Place], span: Span, to: &'a Place, diagnostics: &Diagnostics) {
    let mut sources = Vec::new();
    for place in places {
        match place {
            Place::Node(node) => match model.find(node) {
                Some(node) if sources.contains(&node) => {
                    diagnostics
                        .error_at(place.span(), format!("`{}` stands twice in this list", model.nodes[node].name));
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
    if let Place::Router(router) = to {
        let help = "let the list lead to one node, and give that node the router";
        diagnostics.error_at(router.span, with_help("a list cannot be followed by a router", help));
        return;
    }
    for &source in &sources {
        let node = &model.nodes[source];
        if node.exits.router.is_some() {
            let message = format!("`{}` already leaves by a router; both would run", node.name);
            diagnostics.error_at(span, with_help(message, format!("leave `{}` out of this list", node.name)));
            return;
        }
    }
    let targets = targets(model, to, diagnostics);
    let index = model.joins.len();
    for (place, &source) in sources.iter().enumerate() {
        model.nodes[source].exits.joins.push((index, place));
    }
    model.joins.push(Join { sources, targets, span });
}

/// The plain targets of an edge or a join.
fn targets(model: &mut Model<'_>, to: &Place, diagnostics: &Diagnostics) -> Vec<Edge> {
    let span = to.span();
    match to {
        Place::Node(node) => {
            let Some(place) = model.find(node) else { return Vec::new() };
            model.nodes[place].pulled.get_or_insert(span);
            vec![Edge { target: Target::Node(place), span }]
        }
        Place::End(_) => vec![Edge { target: Target::End, span }],
        Place::Exit(exit) => exits::take(model, exit, diagnostics)
            .map(|exit| Edge { target: Target::Exit(exit), span })
            .into_iter()
            .collect(),
        Place::Start(_) => {
            let help = "name the node that runs first, to go back to it";
            diagnostics.error_at(span, with_help("nothing can lead to START", help));
            Vec::new()
        }
        Place::List(places, _) => places.iter().flat_map(|place| targets(model, place, diagnostics)).collect(),
        Place::Router(_) => {
            let help = "write the list inside the router: `|state| [a, if .. { b } else { c }]`";
            diagnostics.error_at(span, with_help("a router cannot stand in a list", help));
            Vec::new()
        }
    }
}

fn exits_mut<'m, 'a>(model: &'m mut Model<'a>, from: Option<usize>) -> &'m mut super::model::Exits<'a> {
    match from {
        Some(node) => &mut model.nodes[node].exits,
        None => &mut model.start,
    }
}

pub(super) fn name<'m>(model: &'m Model<'_>, target: Target) -> &'m str {
    match target {
        Target::Node(node) => &model.nodes[node].name,
        Target::End => crate::keyword::END,
        Target::Exit(exit) => &model.exits[exit].name,
    }
}
