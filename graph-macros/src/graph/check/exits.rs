//! Every exit is taken, and no super-step takes two.

use graph_shape::Flow;
use proc_macro2::Span;

use crate::diagnostics::{Diagnostics, with_help};
use crate::graph::model::{Model, Target};

/// Something leads to every declared exit.
pub(super) fn every_exit_is_taken(model: &Model, diagnostics: &Diagnostics) {
    for exit in model.exits.iter().filter(|exit| !exit.taken) {
        let help = format!("lead to it, `.. -> {}`, or leave it out", exit.name);
        diagnostics.error(&exit.ident, with_help(format!("exit `{}` is never taken", exit.ident), help));
    }
}

/// Nodes that can run together do not take different exits.
pub(super) fn exits_agree(model: &Model, flow: &Flow, diagnostics: &Diagnostics) {
    if model.exits.len() < 2 {
        return;
    }
    for second in 0..model.nodes.len() {
        for first in 0..=second {
            if flow.can_run_together(first, second)
                && let Some((one, other)) = different_exits(model, first, second)
            {
                let (one, other) = (&model.exits[one].name, &model.exits[other].name);
                let (a, b) = (&model.nodes[first].name, &model.nodes[second].name);
                let message = if first == second {
                    format!("many `{a}` tasks run at once, and can take different exits, `{one}` and `{other}`")
                } else {
                    format!(
                        "`{a}` and `{b}` can run in the same super-step and take different exits, `{one}` and `{other}`"
                    )
                };
                let help = "let one node behind them decide how the run ends";
                diagnostics.error_at(span(model, second), with_help(message, help));
                return;
            }
        }
    }
}

/// Two different exits that two nodes can take in one super-step.
fn different_exits(model: &Model, first: usize, second: usize) -> Option<(usize, usize)> {
    // A router is called once for all tasks of its node, unless it takes their routes.
    if first == second && !model.nodes[first].decides() {
        return None;
    }
    let exits = |node: usize| model.targets(Some(node)).into_iter().filter_map(Target::exit);
    exits(first).find_map(|one| exits(second).find(|other| *other != one).map(|other| (one, other)))
}

/// Where a node takes an exit.
fn span(model: &Model, node: usize) -> Span {
    let outgoing = &model.nodes[node].outgoing;
    let edge = outgoing.edges.iter().find(|edge| edge.target.is_exit()).map(|edge| edge.at.0);
    outgoing.router.as_ref().map(|router| router.at.0).or(edge).unwrap_or_else(|| model.nodes[node].ident.span())
}
