//! No node runs twice because branches of unequal length lead to it.

use graph_shape::Flow;

use crate::diagnostics::{Diagnostics, with_help};
use crate::graph::model::{Model, Target, steps};

/// Branches of one fork that lead to the same node by plain edges are of one length.
///
/// A simpler case of [`nothing_runs_twice`] with a better message: only branches without routers, joins, `for` edges
/// and further forks are followed.
pub(super) fn branches_are_of_one_length(model: &Model, diagnostics: &Diagnostics) {
    for fork in model.sources() {
        let outgoing = model.outgoing(fork);
        if outgoing.edges.len() < 2 {
            continue;
        }
        // The steps of each branch: (node, the node before it, its distance from the fork).
        let mut arrivals: Vec<(usize, Option<usize>, usize)> = Vec::new();
        for edge in &outgoing.edges {
            arrivals.extend(line(model, fork, edge.target));
        }
        report(model, fork, &arrivals, diagnostics);
    }
}

/// The nodes that follow one another by single plain edges.
fn line(model: &Model, fork: Option<usize>, first: Target) -> Vec<(usize, Option<usize>, usize)> {
    let (mut line, mut before, mut target) = (Vec::new(), fork, first);
    while let Target::Node(node) = target {
        // A loop ends the branch, and so does a deferred node, which runs at no fixed distance.
        if Some(node) == fork || model.nodes[node].deferred || line.iter().any(|(seen, _, _)| *seen == node) {
            break;
        }
        line.push((node, before, line.len() + 1));
        let outgoing = &model.nodes[node].outgoing;
        match (&*outgoing.edges, &outgoing.router, &*outgoing.joins) {
            ([one], None, []) => (before, target) = (Some(node), one.target),
            _ => break,
        }
    }
    line
}

fn report(model: &Model, fork: Option<usize>, arrivals: &[(usize, Option<usize>, usize)], diagnostics: &Diagnostics) {
    for (at, (node, before, steps)) in arrivals.iter().enumerate() {
        let earlier = arrivals[..at].iter().find(|(other, _, other_steps)| other == node && other_steps != steps);
        let Some((_, earlier, _)) = earlier else { continue };
        let (meeting, first, second) =
            (&model.nodes[*node].name, model.source_name(*earlier), model.source_name(*before));
        let message = format!("`{meeting}` would run twice, after `{first}` and after `{second}`");
        let help = if [*earlier, *before].contains(&fork) {
            format!("leave out the edge `{} -> {meeting}`", model.source_name(fork))
        } else {
            format!("wait for both: `[{first}, {second}] -> {meeting};`, or for all that runs: `defer {meeting};`")
        };
        let edge = model.outgoing(*before).edges.iter().find(|edge| edge.target == Target::Node(*node));
        if let Some(edge) = edge {
            diagnostics.error_at(edge.at.0, with_help(message, help));
        }
        // The nodes behind it run twice for the same reason.
        return;
    }
}

/// No node that branches of unequal length lead to by plain edges: it would run once for each length. And no deferred
/// node leads to one that may have run already.
pub(super) fn nothing_runs_twice(model: &Model, flow: &Flow, diagnostics: &Diagnostics) {
    for (node, other) in flow.double_runs(&steps::shape(model)) {
        let (is_deferred, other_waits) =
            (model.nodes[node].deferred, model.nodes[other].deferred && !flow.can_run_together(node, other));
        let (meeting, other) = (&model.nodes[node].name, &model.nodes[other].name);
        let mut into = model.nodes.iter().flat_map(|from| &from.outgoing.edges).rev();
        // The last edge into it, in the order of the source.
        if let Some(edge) = into.find(|edge| edge.target == Target::Node(node)) {
            let beside = if other_waits { "before" } else { "beside" };
            let other =
                if other_waits { format!("`{other}`, which is deferred and") } else { format!("`{other}`, which") };
            let message = format!("`{meeting}` would run twice: it can run {beside} {other} leads to it again");
            let help = format!("let `{meeting}` wait for all branches with a join: `[.., ..] -> {meeting};`");
            let or = if is_deferred { String::new() } else { format!(", or for all that runs: `defer {meeting};`") };
            diagnostics.error_at(edge.at.0, with_help(message, help + &or));
            return;
        }
    }
}
