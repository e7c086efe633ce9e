//! Every loop ends.

use proc_macro2::Span;

use crate::diagnostics::{Diagnostics, with_help};
use crate::graph::model::{Model, Target};

/// Every loop can end: something leads out of it, and then does not lead back as well.
pub(super) fn every_loop_ends(model: &Model, diagnostics: &Diagnostics) {
    let reported = every_loop_has_a_way_out(model, diagnostics);
    no_loop_goes_on_beside_its_way_out(model, &reported, diagnostics);
}

/// From every loop something leads out. Returns the nodes of loops without a way out.
fn every_loop_has_a_way_out(model: &Model, diagnostics: &Diagnostics) -> Vec<bool> {
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
    reported
}

/// No loop runs on whatever its routers decide: END does not end a run, it ends one way through the graph. Where the
/// graph takes an exit, another node may end the run.
fn no_loop_goes_on_beside_its_way_out(model: &Model, reported: &[bool], diagnostics: &Diagnostics) {
    if model.sources().any(|from| model.targets(from).iter().any(|target| target.is_exit())) {
        return;
    }
    let endless = endless(model);
    let mut covered = reported.to_vec();
    for node in 0..model.nodes.len() {
        let members = members(model, &endless, node);
        if covered[node] || !members[node] {
            continue;
        }
        covered.iter_mut().zip(&members).for_each(|(covered, member)| *covered |= *member);
        report_endless(model, &members, diagnostics);
    }
}

/// For each node, whether the run never ends once it has run: the largest set of nodes each of which surely leads to
/// one of the set.
fn endless(model: &Model) -> Vec<bool> {
    let mut endless = model.reachable_from(None);
    loop {
        let next: Vec<bool> =
            (0..endless.len()).map(|node| endless[node] && !sure_targets(model, &endless, node).is_empty()).collect();
        if next == endless {
            return endless;
        }
        endless = next;
    }
}

/// The nodes of the set among the targets of a node, if one of the set surely follows it: an edge leads there, or every
/// alternative of its router. A `for` edge may send nothing, and a join waits for others.
fn sure_targets(model: &Model, set: &[bool], node: usize) -> Vec<usize> {
    let outgoing = &model.nodes[node].outgoing;
    let edges: Vec<usize> = outgoing.edges.iter().filter_map(|edge| edge.target.node()).filter(|to| set[*to]).collect();
    let Some(router) = outgoing.router.as_ref().filter(|router| !router.is_merged) else { return edges };
    let into_set = |alternative: usize| {
        let branches = router.branches.iter().filter(move |branch| branch.alternative == alternative && !branch.each);
        branches.filter_map(|branch| branch.target.node()).filter(|to| set[*to])
    };
    if router.branches.iter().all(|branch| into_set(branch.alternative).next().is_some()) {
        router.branches.iter().flat_map(|branch| into_set(branch.alternative)).collect()
    } else {
        edges
    }
}

/// The loop of a node: the endless nodes that it surely leads to and that surely lead to it.
fn members(model: &Model, endless: &[bool], node: usize) -> Vec<bool> {
    let reach = |from: usize| {
        let mut reached = vec![false; endless.len()];
        let mut waiting = vec![from];
        while let Some(from) = waiting.pop() {
            for to in sure_targets(model, endless, from) {
                if !std::mem::replace(&mut reached[to], true) {
                    waiting.push(to);
                }
            }
        }
        reached
    };
    let from_node = reach(node);
    (0..endless.len()).map(|other| endless[other] && from_node[other] && reach(other)[node]).collect()
}

fn report_endless(model: &Model, members: &[bool], diagnostics: &Diagnostics) {
    let is_member = |target: &Target| target.node().is_some_and(|node| members[node]);
    let leaves = |node: &usize| model.targets(Some(*node)).iter().any(|target| !is_member(target));
    let mut nodes = (0..members.len()).filter(|node| members[*node]);
    // What leaves the loop is where the choice is missing.
    let Some(node) = nodes.clone().find(leaves).or_else(|| nodes.next()) else { return };
    let targets = model.targets(Some(node));
    let Some(back) = targets.iter().find(|target| is_member(target)) else { return };
    let outside = targets.iter().find(|target| !is_member(target));
    let (name, back) = (&model.nodes[node].name, model.target_name(*back));
    let outside = outside.map_or(crate::keyword::END, |target| model.target_name(*target));
    let message = format!("`{name}` always leads back to `{back}`: the loop never ends, whatever runs beside it");
    let help = format!("let a router choose: `{name} -> |state| if .. {{ {back} }} else {{ {outside} }};`");
    diagnostics.error_at(span(model, node, &is_member), with_help(message, help));
}

/// The mention of the edge that leads back into the loop, or the router that does.
fn span(model: &Model, node: usize, is_member: &impl Fn(&Target) -> bool) -> Span {
    let outgoing = &model.nodes[node].outgoing;
    let edge = outgoing.edges.iter().find(|edge| is_member(&edge.target)).map(|edge| edge.at.0);
    let router = || outgoing.router.as_ref().map(|router| router.at.0);
    edge.or_else(router).unwrap_or_else(|| model.nodes[node].ident.span())
}
