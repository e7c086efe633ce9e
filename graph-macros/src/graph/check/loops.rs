//! Every loop ends.

use crate::diagnostics::{Diagnostics, with_help};
use crate::graph::model::Model;

/// From every loop something leads out, so that a run can end.
pub(super) fn every_loop_has_a_way_out(model: &Model, diagnostics: &Diagnostics) {
    let from_start = model.reachable_from(None);
    let reach: Vec<Vec<bool>> = (0..model.nodes.len()).map(|node| model.reachable_from(Some(node))).collect();
    // Dead ends are reported elsewhere.
    let ends = |node: usize| model.nodes[node].outgoing.is_empty() || model.may_end(Some(node));

    let mut reported = vec![false; model.nodes.len()];
    for node in 0..model.nodes.len() {
        let in_loop = |other: usize| reach[node][other];
        let trapped =
            from_start[node] && reach[node][node] && !ends(node) && !(0..reach.len()).any(|to| in_loop(to) && ends(to));
        // A node that leads into the loop is not part of it.
        if reported[node] || !trapped || (0..reach.len()).any(|to| in_loop(to) && !reach[to][node]) {
            continue;
        }
        let members: Vec<usize> = (0..reach.len()).filter(|member| in_loop(*member)).collect();
        for &member in &members {
            reported[member] = true;
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
