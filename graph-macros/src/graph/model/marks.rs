//! `defer a, b;`: nodes that wait until nothing else is left to run. `each a, b;`: nodes that each arrival is meant to
//! run.

use syn::Path;

use super::Model;
use crate::diagnostics::{Diagnostics, nearest, with_help};
use crate::graph::parse::syntax::{Graph, NodeRef};
use crate::text;

/// Marks the deferred nodes. All edges have to be in the model.
pub(super) fn deferred(model: &mut Model, graph: &Graph, diagnostics: &Diagnostics) {
    for path in &graph.deferred {
        let Some(known) = find(model, path, diagnostics) else { continue };
        let (node, written) = (&mut model.nodes[known], text::of(path));
        if node.deferred {
            diagnostics.error(path, format!("`{written}` is deferred twice"));
        } else if node.has_task_input {
            let message = format!("`{written}` is sent its input by `for`, so it runs at once and cannot be deferred");
            diagnostics.error(path, with_help(message, "defer the node that follows it"));
        }
        node.deferred = true;
    }
}

/// Marks the nodes that each arrival is meant to run. All edges have to be in the model.
pub(super) fn repeated(model: &mut Model, graph: &Graph, diagnostics: &Diagnostics) {
    for path in &graph.repeated {
        let Some(known) = find(model, path, diagnostics) else { continue };
        if std::mem::replace(&mut model.nodes[known].repeated, true) {
            diagnostics.error(path, format!("`{}` stands twice after `each`", text::of(path)));
        }
    }
}

/// The node with this name in the graph, or mentioned by this path; reports one that is unknown.
fn find(model: &Model, path: &Path, diagnostics: &Diagnostics) -> Option<usize> {
    let mention = NodeRef { path: path.clone(), alias: None };
    let written = text::of(path);
    let is_meant = |known: &usize| {
        let node = &model.nodes[*known];
        mention.is_name() || (node.is_named_by_path() && text::of(&node.path) == written)
    };
    let known = model.find_node(mention.ident()).filter(is_meant);
    if known.is_none() {
        let help = match nearest(&written, model.nodes.iter().map(|node| &*node.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a node as the edges do".to_owned(),
        };
        diagnostics.error(path, with_help(format!("no edge mentions a node `{written}`"), help));
    }
    known
}
