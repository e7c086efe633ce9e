//! The graph as a picture, for its documentation. graph-core draws the same from the topology.

use graph_draw::Picture;
use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Branch, Model, Target};
use super::syntax::Graph;

/// More nodes than this are no picture to look at, and take long to lay out.
const LIMIT: usize = 60;

/// ```text
/// #[cfg_attr(doc, doc = "<div>")] #[cfg_attr(doc, doc = "<svg ..>")] .. #[cfg_attr(doc, doc = "</div>")]
/// #[doc = ""] #[doc = "```mermaid"] .. #[doc = "```"]
/// ```
///
/// Only rustdoc shows the drawing; an editor would show its source, and has the Mermaid text.
pub(super) fn doc(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let picture = picture(graph.ident.to_string(), model);
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

fn picture(title: String, model: &Model<'_>) -> Picture {
    let mut picture = Picture::new();
    picture.title = title;
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
    for from in std::iter::once(None).chain((0..model.nodes.len()).map(Some)) {
        let source = from.map_or(Picture::START, |node| &*model.nodes[node].name);
        let exits = model.exits(from);
        for edge in &exits.edges {
            picture.edge(source, &id(edge.target));
        }
        for (join, _) in &exits.joins {
            for edge in &model.joins[*join].targets {
                picture.joined(source, &id(edge.target), *join);
            }
        }
        for Branch { target, label, each, .. } in &exits.branches {
            if *each {
                picture.each(source, &id(*target), label);
            } else {
                picture.branch(source, &id(*target), label);
            }
        }
    }
    picture
}
