//! Declared exits, and what leads to them.

use syn::Ident;

use super::{Exit, Model};
use crate::diagnostics::{Diagnostics, nearest, with_help};
use crate::graph::parse::syntax::{self, Routing};
use crate::keyword;
use crate::source::Code;

pub(super) fn declared(graph: &syntax::Graph) -> Vec<Exit> {
    let exit = |exit: &syntax::Exit| {
        let (ident, name) = (exit.ident.clone(), format!("{}::{}", keyword::END, exit.ident));
        let attributes = exit.attributes.iter().cloned().map(Code).collect();
        Exit { attributes, ident, name, carries: exit.carries.clone(), taken: false }
    };
    graph.exits.iter().map(exit).collect()
}

/// The index of an exit, which counts as taken from now on; one that is not declared is reported.
pub(super) fn take(model: &mut Model, exit: &Ident, diagnostics: &Diagnostics) -> Option<usize> {
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

/// Reports an exit beside other leaves of a router's list.
pub(super) fn must_be_alone(leaves: &[Routing], diagnostics: &Diagnostics) {
    if leaves.len() > 1
        && let Some(Routing::Exit(exit)) = leaves.iter().find(|leaf| matches!(leaf, Routing::Exit(_)))
    {
        let message = format!("`{}::{exit}` ends the whole run: nothing can run beside it", keyword::END);
        diagnostics.error(exit, with_help(message, "let it stand alone"));
    }
}
