//! Rules about where several ways meet.

use graph_shape::{Flow, Starved};

use super::model::{Join, Model, Target};
use crate::diagnostics::{Diagnostics, with_help};

/// A join does not wait for what cannot come: in no run have some of its sources run when the run ends, and others not.
pub(super) fn joins_are_complete(model: &Model<'_>, flow: &Flow, diagnostics: &Diagnostics) {
    for Starved { join, arrived, path } in &flow.starved {
        let join = &model.joins[*join];
        let missing: Vec<usize> = join.sources.iter().copied().filter(|source| !arrived.contains(source)).collect();
        let pairs = arrived.iter().flat_map(|a| missing.iter().map(move |b| (*a.min(b), *a.max(b))));
        let waiting = waiting(model, join);
        let text = if let Some((a, b)) = pairs.into_iter().find(|(a, b)| are_alternatives(model, *a, *b)) {
            let (a, b) = (&model.nodes[a].name, &model.nodes[b].name);
            let message = format!("`{waiting}` would wait forever: `{a}` and `{b}` are alternatives");
            with_help(message, format!("lead to it from each: `{a} -> {waiting}; {b} -> {waiting};`"))
        } else {
            let missing = missing.first().map_or("", |source| &model.nodes[*source].name);
            let message =
                format!("`{waiting}` can wait forever: on the path {} `{missing}` never runs", way(model, path));
            let help = format!("lead to `{missing}` on every path, or to `{waiting}` by an edge from each source");
            with_help(message, help)
        };
        diagnostics.error_at(join.span, text);
    }
}

/// `START -> a -> [b, c]`
fn way(model: &Model<'_>, path: &[Vec<usize>]) -> String {
    let steps = path.iter().map(|nodes| {
        let names: Vec<&str> = nodes.iter().map(|node| &*model.nodes[*node].name).collect();
        if let [one] = &*names { (*one).to_owned() } else { format!("[{}]", names.join(", ")) }
    });
    std::iter::once(crate::keyword::START.to_owned()).chain(steps).collect::<Vec<_>>().join(" -> ")
}

/// Branches of unequal length do not meet by plain edges, wherever they come from: the node would run once for each. Nor
/// does a deferred node lead to what has run while it was put aside.
pub(super) fn nothing_meets_twice(model: &Model<'_>, flow: &Flow, diagnostics: &Diagnostics) {
    for (node, late) in flow.meets_twice(&super::moments::shape(model)) {
        let (deferred, aside) = (model.nodes[node].deferred, model.nodes[late].deferred && !flow.together(node, late));
        let (meeting, late) = (&model.nodes[node].name, &model.nodes[late].name);
        let mut into = model.nodes.iter().flat_map(|from| &from.exits.edges).rev();
        // The later of the edges into it, as the text has them.
        if let Some(edge) = into.find(|edge| edge.target == Target::Node(node)) {
            let beside = if aside { "before" } else { "beside" };
            let late = if aside { format!("`{late}`, which is deferred and") } else { format!("`{late}`, which") };
            let message = format!("`{meeting}` would run twice: it can run {beside} {late} leads to it again");
            let help = format!("let `{meeting}` wait for all branches with a join: `[.., ..] -> {meeting};`");
            let or = if deferred { String::new() } else { format!(", or for all that runs: `defer {meeting};`") };
            diagnostics.error_at(edge.span, with_help(message, help + &or));
            return;
        }
    }
}

fn waiting<'m>(model: &'m Model<'_>, join: &Join) -> &'m str {
    join.targets.first().map_or(crate::keyword::END, |edge| super::build::name(model, edge.target))
}

fn are_alternatives(model: &Model<'_>, a: usize, b: usize) -> bool {
    let (Some(router), Some(other)) = (only_way_in(model, a), only_way_in(model, b)) else { return false };
    if router != other || model.exits(router).router.is_none() {
        return false;
    }
    // Asked again, the router may take the other way.
    if let Some(router) = router
        && (model.reach(Some(a))[router] || model.reach(Some(b))[router])
    {
        return false;
    }
    let branches = &model.exits(router).branches;
    let under = |node: usize| branches.iter().filter(move |branch| branch.target == Target::Node(node));
    under(a).all(|one| under(b).all(|other| one.alternative != other.alternative))
}

/// What leads to a node, if only one thing does.
fn only_way_in(model: &Model<'_>, node: usize) -> Option<Option<usize>> {
    let from = std::iter::once(None).chain((0..model.nodes.len()).map(Some));
    let mut ways = from.filter(|from| model.targets(*from).contains(&Target::Node(node)));
    match (ways.next(), ways.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// Branches of a fork that meet in a node by plain edges are of one length, or the node runs once for each length.
///
/// Only branches without routers, joins, `for` edges and further forks are followed: of these it is sure.
pub(super) fn branches_are_of_one_length(model: &Model<'_>, diagnostics: &Diagnostics) {
    for fork in std::iter::once(None).chain((0..model.nodes.len()).map(Some)) {
        let exits = model.exits(fork);
        if exits.edges.len() < 2 {
            continue;
        }
        // Where each branch is after each step: (node, node before it, steps).
        let mut arrivals: Vec<(usize, Option<usize>, usize)> = Vec::new();
        for edge in &exits.edges {
            arrivals.extend(line(model, fork, edge.target));
        }
        report(model, fork, &arrivals, diagnostics);
    }
}

/// The nodes that follow each other by single plain edges.
fn line(model: &Model<'_>, fork: Option<usize>, first: Target) -> Vec<(usize, Option<usize>, usize)> {
    let (mut line, mut before, mut target) = (Vec::new(), fork, first);
    while let Target::Node(node) = target {
        // Round a loop, or back at the fork: no longer a branch. When a deferred node runs is not a matter of length.
        if Some(node) == fork || model.nodes[node].deferred || line.iter().any(|(seen, _, _)| *seen == node) {
            break;
        }
        line.push((node, before, line.len() + 1));
        let exits = &model.nodes[node].exits;
        match (&*exits.edges, exits.router, &*exits.joins) {
            ([one], None, []) => (before, target) = (Some(node), one.target),
            _ => break,
        }
    }
    line
}

fn report(
    model: &Model<'_>,
    fork: Option<usize>,
    arrivals: &[(usize, Option<usize>, usize)],
    diagnostics: &Diagnostics,
) {
    for (at, (node, before, steps)) in arrivals.iter().enumerate() {
        let earlier = arrivals[..at].iter().find(|(other, _, other_steps)| other == node && other_steps != steps);
        let Some((_, earlier, _)) = earlier else { continue };
        let (meeting, first, second) = (&model.nodes[*node].name, model.name(*earlier), model.name(*before));
        let message = format!("`{meeting}` would run twice, after `{first}` and after `{second}`");
        let help = if [*earlier, *before].contains(&fork) {
            format!("leave out the edge `{} -> {meeting}`", model.name(fork))
        } else {
            format!("wait for both: `[{first}, {second}] -> {meeting};`, or for all that runs: `defer {meeting};`")
        };
        let edge = model.exits(*before).edges.iter().find(|edge| edge.target == Target::Node(*node));
        if let Some(edge) = edge {
            diagnostics.error_at(edge.span, with_help(message, help));
        }
        // What comes after the meeting runs twice for the same reason.
        return;
    }
}
