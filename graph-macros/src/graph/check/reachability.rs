//! Every node is on a path from START to END.

use syn::Ident;

use crate::diagnostics::{Diagnostics, nearest, with_help};
use crate::graph::model::Model;
use crate::keyword;

/// Every node is reachable from START and leads on.
pub(super) fn every_node_is_between_start_and_end(model: &Model, diagnostics: &Diagnostics) {
    let mut unreachable = unreachable(model);
    let mut dead_ends: Vec<usize> =
        (0..model.nodes.len()).filter(|node| model.nodes[*node].outgoing.is_empty()).collect();

    // A typo in a name splits a node in two, one unreachable and one a dead end: one error for both.
    unreachable.retain(|&start| {
        let name = &model.nodes[start].name;
        let ends = dead_ends.iter().filter(|end| **end != start).map(|end| &*model.nodes[*end].name);
        let Some(near) = nearest(name, ends).map(str::to_owned) else { return true };
        let Some(end) = dead_ends.iter().position(|end| model.nodes[*end].name == near) else { return true };
        let end = dead_ends.remove(end);
        let later = &model.nodes[start.max(end)];
        let message = format!("nothing leads to `{name}`, and nothing follows `{near}`");
        let help = format!("did you mean `{}`?", model.nodes[start.min(end)].name);
        diagnostics.error(&later.ident, with_help(message, help));
        false
    });
    for node in unreachable {
        let name = &model.nodes[node].name;
        if keyword::misspelled_in(name) == Some(keyword::START) {
            report_misspelled(&model.nodes[node].ident, keyword::START, diagnostics);
            continue;
        }
        let help = with_suggestion(model, node, format!("lead to it: `START -> {name};`, or from another node"));
        let message = format!("node `{name}` can never run: nothing leads to it from START");
        diagnostics.error(&model.nodes[node].ident, with_help(message, help));
    }
    for node in dead_ends {
        let name = &model.nodes[node].name;
        if keyword::misspelled_in(name) == Some(keyword::END) {
            report_misspelled(&model.nodes[node].ident, keyword::END, diagnostics);
            continue;
        }
        diagnostics.error(
            &model.nodes[node].ident,
            with_help(
                format!("nothing follows `{name}`"),
                with_suggestion(model, node, format!("add `{name} -> END;`")),
            ),
        );
    }
}

/// The help, after the name that this one may be a typo of. rustc does not report unknown names if a macro reports
/// errors.
fn with_suggestion(model: &Model, node: usize, help: String) -> String {
    let others = model.nodes.iter().enumerate().filter(|(other, _)| *other != node).map(|(_, other)| &*other.name);
    let name = &model.nodes[node].name;
    // Any two names of two letters are near.
    match nearest(name, others).filter(|_| name.chars().count() > 2) {
        Some(near) => format!("did you mean `{near}`? If not, {help}"),
        None => help,
    }
}

/// Reports a name that is a misspelling of START or END.
pub(super) fn report_misspelled(ident: &Ident, word: &str, diagnostics: &Diagnostics) {
    diagnostics.error(ident, with_help(format!("`{ident}` is taken for a node"), format!("did you mean `{word}`?")));
}

/// The unreachable nodes, without those that are reachable from another unreachable one.
fn unreachable(model: &Model) -> Vec<usize> {
    let reached = model.reachable_from(None);
    let mut covered = reached.clone();
    let led_to = |node: usize| {
        (0..reached.len())
            .any(|from| from != node && !reached[from] && model.successors(Some(from)).any(|to| to == node))
    };
    // First the nodes that nothing leads to; then the first node of each unreachable loop.
    let unreached = || (0..reached.len()).filter(|node| !reached[*node]);
    let candidates: Vec<usize> = unreached().filter(|node| !led_to(*node)).chain(unreached()).collect();
    let mut roots = Vec::new();
    for node in candidates {
        if !covered[node] {
            roots.push(node);
            covered[node] = true;
            for (covered, after) in covered.iter_mut().zip(model.reachable_from(Some(node))) {
                *covered |= after;
            }
        }
    }
    roots.sort_unstable();
    roots
}
