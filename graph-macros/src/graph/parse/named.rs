//! What a path beside an arrow, or at a router's leaf, names: START, END, an exit or a node.

use syn::{Ident, Path};

use super::syntax::{Endpoint, NodeRef};
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;

/// The endpoint that a path names; `None` if there is none, which was reported.
pub(super) fn endpoint(path: Path, alias: Option<Ident>, diagnostics: &Diagnostics) -> Option<Endpoint> {
    let first = path.segments.first().map(|segment| segment.ident.clone())?;
    let ends = [keyword::START, keyword::END].iter().any(|word| first == word);
    if ends && path.segments.len() > 1 {
        if first == keyword::START || path.segments.len() > 2 {
            let help = format!("write `{first}`");
            diagnostics.error(&path, with_help("only an exit has two words: `END::TooLong`", help));
            return Some(Endpoint::End(first.span()));
        }
        if let Some(alias) = &alias {
            diagnostics.error(alias, "an exit has no other name");
        }
        return path.segments.last().map(|exit| Endpoint::Exit(exit.ident.clone()));
    }
    if ends && let Some(alias) = &alias {
        diagnostics.error(alias, format!("`{first}` has no other name"));
    }
    if first == keyword::START && ends {
        return Some(Endpoint::Start(first.span()));
    }
    if ends { Some(Endpoint::End(first.span())) } else { Some(Endpoint::Node(NodeRef { path, alias })) }
}
