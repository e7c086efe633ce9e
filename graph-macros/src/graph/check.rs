//! The rules about a graph's shape that need more than one place to see. Each looks at the whole graph and reports all
//! it finds; rules about one edge are checked where the edge is read.

use graph_shape::Flow;

use super::model::{Model, Target};
use super::syntax::Graph;
use super::{exits, fan_in, flow};
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;

pub(super) fn shape(graph: &Graph, model: &Model<'_>, diagnostics: &Diagnostics) {
    if !starts(graph, model, diagnostics) {
        return;
    }
    flow::every_node_runs_and_leads_on(model, diagnostics);
    flow::every_loop_ends(model, diagnostics);
    exits::every_exit_is_taken(model, diagnostics);
}

/// The rules about what can run together and what after what.
pub(super) fn meetings(model: &Model<'_>, flow: &Flow, diagnostics: &Diagnostics) {
    fan_in::joins_are_complete(model, flow, diagnostics);
    fan_in::branches_are_of_one_length(model, diagnostics);
    exits::exits_agree(model, flow, diagnostics);
    if diagnostics.is_empty() {
        fan_in::nothing_meets_twice(model, flow, diagnostics);
    }
}

/// Whether a run can begin, and has something to run.
fn starts(graph: &Graph, model: &Model<'_>, diagnostics: &Diagnostics) -> bool {
    let (name, first) = (&graph.ident, model.nodes.first());
    if model.start.is_empty() {
        if let Some(start) = model.nodes.iter().find(|node| keyword::respelt(&node.name) == Some(keyword::START)) {
            flow::respelt(&start.ident, keyword::START, diagnostics);
            return false;
        }
        let help = format!("add `START -> {};`", first.map_or("..", |node| &node.name));
        diagnostics.error(name, with_help(format!("`{name}` never starts"), help));
        return false;
    }
    if model.targets(None).iter().all(|target| !matches!(target, Target::Node(_))) {
        let help = format!("let START lead to a node: `START -> {};`", first.map_or("..", |node| &node.name));
        diagnostics.error(name, with_help(format!("`{name}` runs nothing"), help));
        return false;
    }
    true
}
