//! The nodes of a graph: each mention of a name is the same node.

use proc_macro2::Span;
use syn::Ident;

use super::{Model, Node, Outgoing, SubgraphMemory, name_of};
use crate::diagnostics::{Diagnostics, with_help};
use crate::graph::parse::syntax::NodeRef;
use crate::source::Code;
use crate::text;

/// Adds the node of a first mention. A later mention is the node's name, or the same path again.
pub(super) fn intern(model: &mut Model, node: &NodeRef, diagnostics: &Diagnostics) {
    let ident = node.ident();
    if let Some(known) = model.find_node(ident) {
        let (here, there) = (text::of(&node.path), text::of(&model.nodes[known].path));
        if !node.is_name() && here != there {
            let message = format!("`{ident}` stands for two nodes, `{there}` and `{here}`");
            let help = format!("give this one another name: `{here} as second_{}`", name_of(ident));
            diagnostics.error(ident, with_help(message, help));
        }
        return;
    }
    if node.is_name()
        && let Some(exit) = model.find_exit(ident)
    {
        model.exits[exit].taken = true;
        let message = format!("`{ident}` is an exit");
        diagnostics.error(ident, with_help(message, format!("write `{}`", model.exits[exit].name)));
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
        path: Code(node.path.clone()),
        outgoing: Outgoing::default(),
        has_task_input: false,
        plain_edge: None,
        deferred: false,
        repeated: false,
        memory: SubgraphMemory::PerCall,
        memory_at: None,
        is_own: node.path.is_ident(&model.ident),
    });
}

/// `refine_topic` as `RefineTopic`.
pub(super) fn variant(name: &str, span: Span) -> Ident {
    let mut variant = String::new();
    for word in name.split('_') {
        let mut letters = word.chars();
        variant.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
    }
    // An identifier cannot be empty or begin with a digit, and a variant cannot be `Self`.
    if variant.is_empty() || variant == "Self" || !variant.starts_with(char::is_alphabetic) {
        variant.insert_str(0, "Node");
    }
    Ident::new(&variant, span)
}
