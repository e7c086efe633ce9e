//! Rules about where a run can get to, and whether it gets out again.

use super::model::Model;
use syn::Ident;

use crate::diagnostics::{Diagnostics, nearest, with_help};
use crate::keyword;

/// Every node is led to from START, and leads on.
pub(super) fn every_node_runs_and_leads_on(model: &Model<'_>, diagnostics: &Diagnostics) {
    let mut lost = unreachable(model);
    let mut dead_ends: Vec<usize> = (0..model.nodes.len()).filter(|node| model.nodes[*node].exits.is_empty()).collect();

    // A slip in a name makes of one node two: one that nothing leads to, one that leads nowhere. That is one mistake.
    lost.retain(|&lost| {
        let name = &model.nodes[lost].name;
        let ends = dead_ends.iter().filter(|end| **end != lost).map(|end| &*model.nodes[*end].name);
        let Some(near) = nearest(name, ends).map(str::to_owned) else { return true };
        let Some(end) = dead_ends.iter().position(|end| model.nodes[*end].name == near) else { return true };
        let end = dead_ends.remove(end);
        let later = &model.nodes[lost.max(end)];
        let message = format!("nothing leads to `{name}`, and nothing follows `{near}`");
        let help = format!("did you mean `{}`?", model.nodes[lost.min(end)].name);
        diagnostics.error(&later.ident, with_help(message, help));
        false
    });
    for node in lost {
        let name = &model.nodes[node].name;
        if keyword::respelt(name) == Some(keyword::START) {
            respelt(&model.nodes[node].ident, keyword::START, diagnostics);
            continue;
        }
        let help = or_meant(model, node, format!("lead to it: `START -> {name};`, or from another node"));
        let message = format!("node `{name}` can never run: nothing leads to it from START");
        diagnostics.error(&model.nodes[node].ident, with_help(message, help));
    }
    for node in dead_ends {
        let name = &model.nodes[node].name;
        if keyword::respelt(name) == Some(keyword::END) {
            respelt(&model.nodes[node].ident, keyword::END, diagnostics);
            continue;
        }
        diagnostics.error(
            &model.nodes[node].ident,
            with_help(format!("nothing follows `{name}`"), or_meant(model, node, format!("add `{name} -> END;`"))),
        );
    }
}

/// The help, after the name that this one may be a slip of: of a name that is not there rustc keeps quiet where a macro has
/// reported something.
fn or_meant(model: &Model<'_>, node: usize, help: String) -> String {
    let others = model.nodes.iter().enumerate().filter(|(other, _)| *other != node).map(|(_, other)| &*other.name);
    let name = &model.nodes[node].name;
    // Of a name of two letters, every other is near.
    match nearest(name, others).filter(|_| name.chars().count() > 2) {
        Some(near) => format!("did you mean `{near}`? If not, {help}"),
        None => help,
    }
}

/// Says that a name is taken for a node's.
pub(super) fn respelt(ident: &Ident, word: &str, diagnostics: &Diagnostics) {
    diagnostics.error(ident, with_help(format!("`{ident}` is taken for a node"), format!("did you mean `{word}`?")));
}

/// The nodes that nothing leads to. What only such nodes lead to is not their mistake, and not listed.
fn unreachable(model: &Model<'_>) -> Vec<usize> {
    let reached = model.reach(None);
    let mut covered = reached.clone();
    let led_to = |node: usize| {
        (0..reached.len())
            .any(|from| from != node && !reached[from] && model.successors(Some(from)).any(|to| to == node))
    };
    // First those that nothing at all leads to; then, of circles apart, the first node.
    let unreached = || (0..reached.len()).filter(|node| !reached[*node]);
    let candidates: Vec<usize> = unreached().filter(|node| !led_to(*node)).chain(unreached()).collect();
    let mut lost = Vec::new();
    for node in candidates {
        if !covered[node] {
            lost.push(node);
            covered[node] = true;
            for (covered, after) in covered.iter_mut().zip(model.reach(Some(node))) {
                *covered |= after;
            }
        }
    }
    lost.sort_unstable();
    lost
}

/// No run goes in circles for ever: something leads out of every loop.
pub(super) fn every_loop_ends(model: &Model<'_>, diagnostics: &Diagnostics) {
    let from_start = model.reach(None);
    let reach: Vec<Vec<bool>> = (0..model.nodes.len()).map(|node| model.reach(Some(node))).collect();
    // A dead end is an error of its own.
    let ends = |node: usize| model.nodes[node].exits.is_empty() || model.may_end(Some(node));

    let mut told = vec![false; model.nodes.len()];
    for node in 0..model.nodes.len() {
        let round = |other: usize| reach[node][other];
        let caught =
            from_start[node] && reach[node][node] && !ends(node) && !(0..reach.len()).any(|to| round(to) && ends(to));
        // Of what is behind the loop, nothing leads back: that is a loop further on, or none.
        if told[node] || !caught || (0..reach.len()).any(|to| round(to) && !reach[to][node]) {
            continue;
        }
        let members: Vec<usize> = (0..reach.len()).filter(|member| round(*member)).collect();
        for &member in &members {
            told[member] = true;
        }
        let names: Vec<String> = members.iter().map(|member| format!("`{}`", model.nodes[*member].name)).collect();
        let message = match &*names {
            [one] => format!("{one} leads to itself and to nothing else"),
            _ => format!("{} form a loop that nothing leaves", names.join(", ")),
        };
        let (first, last) = (&model.nodes[members[0]], &model.nodes[members[members.len() - 1]]);
        let help =
            format!("let a router leave it: `{} -> |state| if .. {{ {} }} else {{ END }};`", last.name, first.name);
        diagnostics.error(&first.ident, with_help(message, help));
    }
}
