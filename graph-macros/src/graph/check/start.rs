//! A run begins somewhere.

use super::reachability;
use crate::diagnostics::{Diagnostics, with_help};
use crate::graph::model::Model;
use crate::keyword;

/// START leads to a node. Returns whether it does.
pub(super) fn leads_to_a_node(model: &Model, diagnostics: &Diagnostics) -> bool {
    let (name, first) = (&model.ident, model.nodes.first());
    if model.start.is_empty() {
        if let Some(start) = model.nodes.iter().find(|node| keyword::misspelled_in(&node.name) == Some(keyword::START))
        {
            reachability::report_misspelled(&start.ident, keyword::START, diagnostics);
            return false;
        }
        let help = format!("add `START -> {};`", first.map_or("..", |node| &node.name));
        diagnostics.error(name, with_help(format!("`{name}` never starts"), help));
        return false;
    }
    if model.targets(None).iter().all(|target| target.node().is_none()) {
        let help = format!("let START lead to a node: `START -> {};`", first.map_or("..", |node| &node.name));
        diagnostics.error(name, with_help(format!("`{name}` runs nothing"), help));
        return false;
    }
    true
}
