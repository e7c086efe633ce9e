//! The picture of a graph in its documentation. graph-core draws the same picture from the topology.

use graph_draw::Picture;
use proc_macro2::TokenStream;
use quote::quote;

use crate::graph::model::{Branch, Model, Target};

/// Graphs with more nodes than this get no drawing: the layout takes long, and nobody can read it.
const LIMIT: usize = 60;

/// ```text
/// #[cfg_attr(doc, doc = "<div>")] #[cfg_attr(doc, doc = "<svg ..>")] .. #[cfg_attr(doc, doc = "</div>")]
/// #[doc = ""] #[doc = "```mermaid"] .. #[doc = "```"]
/// ```
///
/// The drawing is for rustdoc only. An editor would show its source; it has the Mermaid text.
pub(super) fn picture(model: &Model) -> TokenStream {
    let picture = drawing(model);
    let mermaid = format!("```mermaid\n{}```", picture.mermaid());
    let mermaid = mermaid.lines();
    let drawing = (model.nodes.len() <= LIMIT).then(|| {
        let html = format!("<div>\n{}</div>", picture.svg());
        quote!(#[cfg_attr(doc, doc = #html)])
    });
    quote! {
        #[doc = ""]
        #drawing
        #[doc = ""]
        #(#[doc = #mermaid])*
    }
}

fn drawing(model: &Model) -> Picture {
    let mut picture = Picture::new();
    picture.title = model.ident.to_string();
    for node in &model.nodes {
        picture.node(&node.name);
        if node.deferred {
            picture.note("defer", "True");
        }
    }
    picture.end();
    for exit in &model.exits {
        picture.exit(&exit.ident.to_string());
    }

    let id = |target: Target| match target {
        Target::Node(node) => model.nodes[node].name.clone(),
        Target::End => Picture::END.to_owned(),
        Target::Exit(exit) => Picture::exit_id(&model.exits[exit].ident.to_string()),
    };
    for from in model.sources() {
        let source = from.map_or(Picture::START, |node| &*model.nodes[node].name);
        let outgoing = model.outgoing(from);
        for edge in &outgoing.edges {
            picture.edge(source, &id(edge.target));
        }
        for (join, _) in &outgoing.joins {
            for edge in &model.joins[*join].targets {
                picture.joined(source, &id(edge.target), *join);
            }
        }
        for Branch { target, label, each, .. } in outgoing.branches() {
            if *each {
                picture.each(source, &id(*target), label);
            } else {
                picture.branch(source, &id(*target), label);
            }
        }
    }
    picture
}
