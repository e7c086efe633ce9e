//! `defer a, b;`: nodes that wait until nothing else is left to run.

use syn::Path;

use super::Model;
use crate::diagnostics::{Diagnostics, nearest, with_help};
use crate::graph::parse::syntax::{Graph, NodeRef};
use crate::text;

/// Marks the deferred nodes. All edges have to be in the model.
pub(super) fn mark(model: &mut Model, graph: &Graph, diagnostics: &Diagnostics) {
    for path in &graph.deferred {
        let written = text::of(path);
        let Some(known) = find(model, path) else {
            let help = match nearest(&written, model.nodes.iter().map(|node| &*node.name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a node as the edges do".to_owned(),
            };
            diagnostics.error(path, with_help(format!("no edge mentions a node `{written}`"), help));
            continue;
        };
        let node = &mut model.nodes[known];
        if node.deferred {
            diagnostics.error(path, format!("`{written}` is deferred twice"));
        } else if node.has_task_input {
            let message = format!("`{written}` is sent its input by `for`, so it runs at once and cannot be deferred");
            diagnostics.error(path, with_help(message, "defer the node that follows it"));
        }
        node.deferred = true;
    }
}

/// The node with this name in the graph, or mentioned by this path.
fn find(model: &Model, path: &Path) -> Option<usize> {
    let mention = NodeRef { path: path.clone(), alias: None };
    let known = model.find_node(mention.ident())?;
    let node = &model.nodes[known];
    let same_path = || node.is_named_by_path() && text::of(&node.path) == text::of(path);
    (mention.is_name() || same_path()).then_some(known)
}
