//! `defer a, b;`: nodes that are put aside until nothing else is left to run.

use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, Path, Token};

use super::model::Model;
use super::syntax::{Graph, NodeRef};
use crate::diagnostics::{Diagnostics, nearest, with_help};
use crate::{keyword, text};

/// Reads `a, b`, after `defer`.
pub(super) fn parse(graph: &mut Graph, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
    loop {
        if !(input.peek(Ident::peek_any) || input.peek(Token![::])) {
            return Err(input.error("expected the name of a node"));
        }
        let path = input.call(Path::parse_mod_style)?;
        if let Some(word) = [keyword::START, keyword::END].into_iter().find(|word| path.is_ident(word)) {
            diagnostics.error(&path, with_help(format!("`{word}` cannot be deferred"), "only nodes wait"));
        } else {
            graph.deferred.push(path);
        }
        if input.is_empty() {
            return Ok(());
        }
        if input.peek(Token![->]) {
            let help = "write `defer` and the name of the node, and its edges in lines of their own";
            let arrow: Token![->] = input.parse()?;
            return Err(syn::Error::new_spanned(arrow, with_help("a deferred node has no edge here", help)));
        }
        input.parse::<Token![,]>()?;
    }
}

/// Marks the nodes that are deferred, once all edges are known.
pub(super) fn mark(model: &mut Model<'_>, graph: &Graph, diagnostics: &Diagnostics) {
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
        } else if node.sent {
            let message = format!("`{written}` is sent its input by `for`, so it runs at once and cannot be deferred");
            diagnostics.error(path, with_help(message, "defer the node that follows it"));
        }
        node.deferred = true;
    }
}

/// A node by its name in this graph, or by the path that it was mentioned with.
fn find(model: &Model<'_>, path: &Path) -> Option<usize> {
    let mention = NodeRef { path: path.clone(), alias: None };
    let known = model.find(&mention)?;
    let node = &model.nodes[known];
    let same_path = || node.is_named_by_path() && text::of(node.path) == text::of(path);
    (mention.is_name() || same_path()).then_some(known)
}
