//! `defer a, b;`: nodes that wait until nothing else is left to run. `each a, b;`: nodes that each arrival is meant to
//! run.

use syn::Path;

use super::{Model, SubgraphMemory};
use crate::diagnostics::{Diagnostics, nearest, with_help};
use crate::graph::parse::syntax::{Graph, NodeRef};
use crate::source::At;
use crate::span::of_path;
use crate::{keyword, text};

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

/// Marks what a thread keeps of subgraphs. All edges have to be in the model.
pub(super) fn memories(model: &mut Model, graph: &Graph, diagnostics: &Diagnostics) {
    let marked = [
        (&graph.per_thread, SubgraphMemory::PerThread, keyword::PER_THREAD),
        (&graph.unsaved, SubgraphMemory::Unsaved, keyword::UNSAVED),
    ];
    for (paths, memory, word) in marked {
        for path in paths {
            let Some(known) = find(model, path, diagnostics) else { continue };
            let (node, written) = (&mut model.nodes[known], text::of(path));
            if !node.is_subgraph() {
                let message = format!("`{written}` is a function, and `{word}` is for subgraphs");
                let help = "what a function keeps belongs in the state";
                diagnostics.error(path, with_help(message, help));
            } else if node.memory != SubgraphMemory::PerCall {
                diagnostics.error(path, format!("what the thread keeps of `{written}` is said twice"));
            } else if memory == SubgraphMemory::PerThread && node.has_task_input {
                let message = format!("several tasks of `{written}` can run at once, and the thread keeps one state");
                let help = "a subgraph that a `for` edge leads to has no memory: leave `per_thread` out";
                diagnostics.error(path, with_help(message, help));
            } else {
                (node.memory, node.memory_at) = (memory, Some(At(of_path(path))));
            }
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
