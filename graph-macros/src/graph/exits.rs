//! The exits of a graph: each is declared, each is taken, and no run takes two.

use graph_shape::Flow;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use super::expand::Names;
use super::model::{Exit, Model, Target};
use super::syntax::{Graph, Routing};
use crate::diagnostics::{Diagnostics, nearest, with_help};
use crate::keyword;

/// The exits as they are declared.
pub(super) fn declared(graph: &Graph) -> Vec<Exit> {
    let exit = |exit: &super::syntax::Exit| {
        let (ident, name) = (exit.ident.clone(), format!("{}::{}", keyword::END, exit.ident));
        Exit { ident, name, taken: false }
    };
    graph.exits.iter().map(exit).collect()
}

pub(super) fn is_one(target: Target) -> bool {
    matches!(target, Target::Exit(_))
}

/// The exit of this name, noted as taken; one that is not declared is reported.
pub(super) fn take(model: &mut Model<'_>, exit: &Ident, diagnostics: &Diagnostics) -> Option<usize> {
    let Some(known) = model.find_exit(exit) else {
        let names: Vec<String> = model.exits.iter().map(|known| known.ident.to_string()).collect();
        let help = match nearest(&exit.to_string(), names.iter().map(|name| &**name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `exit {exit};`"),
        };
        diagnostics.error(exit, with_help(format!("exit `{exit}` is not declared"), help));
        return None;
    };
    model.exits[known].taken = true;
    Some(known)
}

/// Looks up every exit in a router; one beside other targets is reported.
pub(super) fn take_all(model: &mut Model<'_>, routing: &Routing, diagnostics: &Diagnostics) {
    match routing {
        Routing::Exit(exit) => {
            take(model, exit, diagnostics);
        }
        Routing::If { then, otherwise, .. } => {
            take_all(model, then, diagnostics);
            take_all(model, otherwise, diagnostics);
        }
        Routing::Match { arms, .. } => arms.iter().for_each(|arm| take_all(model, &arm.body, diagnostics)),
        Routing::Block { tail, .. } => take_all(model, tail, diagnostics),
        Routing::List(leaves, _) => {
            for leaf in leaves {
                take_all(model, leaf, diagnostics);
            }
            if leaves.len() > 1
                && let Some(Routing::Exit(exit)) = leaves.iter().find(|leaf| matches!(leaf, Routing::Exit(_)))
            {
                let message = format!("`{}::{exit}` ends the whole run: nothing can run beside it", keyword::END);
                diagnostics.error(exit, with_help(message, "let it stand alone"));
            }
        }
        Routing::To(_) | Routing::End(_) | Routing::For(_) | Routing::Unknown => {}
    }
}

/// Every declared exit is taken somewhere.
pub(super) fn every_exit_is_taken(model: &Model<'_>, diagnostics: &Diagnostics) {
    for exit in model.exits.iter().filter(|exit| !exit.taken) {
        let help = format!("lead to it, `.. -> {}`, or leave it out", exit.name);
        diagnostics.error(&exit.ident, with_help(format!("exit `{}` is never taken", exit.ident), help));
    }
}

/// Nodes that can run together do not take different exits.
pub(super) fn exits_agree(model: &Model<'_>, flow: &Flow, diagnostics: &Diagnostics) {
    if model.exits.len() < 2 {
        return;
    }
    for second in 0..model.nodes.len() {
        for first in 0..=second {
            if flow.together(first, second)
                && let Some((one, other)) = differ(model, first, second)
            {
                let (one, other) = (&model.exits[one].name, &model.exits[other].name);
                let (a, b) = (&model.nodes[first].name, &model.nodes[second].name);
                let message = if first == second {
                    format!("many `{a}` tasks run at once, and can take different exits, `{one}` and `{other}`")
                } else {
                    format!(
                        "`{a}` and `{b}` can run in the same super-step and take different exits, `{one}` and `{other}`"
                    )
                };
                let help = "let one node behind them decide how the run ends";
                diagnostics.error_at(span(model, second), with_help(message, help));
                return;
            }
        }
    }
}

/// Two different exits that these two nodes can take in one super-step.
fn differ(model: &Model<'_>, first: usize, second: usize) -> Option<(usize, usize)> {
    // The router of a node is asked once, however many tasks there were, unless it routes on what each decided.
    if first == second && model.nodes[first].exits.router.is_none_or(|router| router.route.is_none()) {
        return None;
    }
    let exits = |node: usize| {
        model.targets(Some(node)).into_iter().filter_map(|target| match target {
            Target::Exit(exit) => Some(exit),
            Target::Node(_) | Target::End => None,
        })
    };
    exits(first).find_map(|one| exits(second).find(|other| *other != one).map(|other| (one, other)))
}

fn span(model: &Model<'_>, node: usize) -> Span {
    let exits = &model.nodes[node].exits;
    let edge = exits.edges.iter().find(|edge| is_one(edge.target)).map(|edge| edge.span);
    exits.router.map(|router| router.span).or(edge).unwrap_or_else(|| model.nodes[node].ident.span())
}

/// The type of a graph's exits: `()` where it declares none.
pub(super) fn exit_type(graph: &Graph, names: &Names) -> TokenStream {
    let exit = &names.exit;
    if graph.exits.is_empty() { quote!(()) } else { quote!(#exit) }
}

/// ```text
/// pub enum ChildGraphExit { #[default] End, TooLong }
/// ```
pub(super) fn exit_enum(graph: &Graph, names: &Names) -> TokenStream {
    if graph.exits.is_empty() {
        return TokenStream::new();
    }
    let (vis, exit) = (&graph.vis, &names.exit);
    let doc = format!("How a run of [`{}`] can end.", graph.ident);
    let variants = graph.exits.iter().map(|exit| {
        let (attributes, ident) = (&exit.attributes, &exit.ident);
        let doc = format!("By `{}::{ident}`.", keyword::END);
        quote!(#(#attributes)* #[doc = #doc] #ident)
    });
    quote! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::default::Default,
            ::core::cmp::PartialEq, ::core::cmp::Eq, ::core::hash::Hash,
        )]
        #vis enum #exit {
            /// By the plain end.
            #[default]
            End,
            #(#variants,)*
        }
    }
}
