//! No node runs twice because branches meet in it at different times.

use graph_shape::{Edge, Flow, Join, Meeting, Shape, meetings};
use proc_macro2::Span;

use crate::diagnostics::{Diagnostics, with_help};
use crate::graph::model::{Model, Routing, Target, steps};

/// Branches of one fork that lead to the same node by plain edges are of one length.
///
/// A simpler case of [`nothing_meets_itself`] with a better message: only branches without routers, joins, `for` edges
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
        // A loop ends the branch, and so does a deferred node, which runs at no fixed distance, and one that is meant to
        // run for each.
        let known = &model.nodes[node];
        if Some(node) == fork || known.deferred || known.repeated || line.iter().any(|(seen, _, _)| *seen == node) {
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
            help(model, *node, Some(format!("[{first}, {second}]")))
        };
        let edge = model.outgoing(*before).edges.iter().find(|edge| edge.target == Target::Node(*node));
        if let Some(edge) = edge {
            diagnostics.error_at(edge.at.0, with_help(message, help));
        }
        // The nodes behind it run twice for the same reason.
        return;
    }
}

/// No node runs twice in one run, by edges of which none led to both, unless its first run leads to its second.
pub(super) fn nothing_meets_itself(model: &Model, flow: &Flow, diagnostics: &Diagnostics) {
    let shape = steps::shape(model);
    // What follows from the first meeting may be a meeting too.
    let Some(Meeting { node, first, second, certain }) = meetings(&shape, flow).into_iter().next() else { return };
    let (Some(one), Some(other)) = (first.first(), second.first()) else { return };
    let (name, one, after) = (&model.nodes[node].name, edge_name(model, *one), edge_name(model, *other));
    let message = if certain {
        format!("`{name}` can run twice, after `{one}` and after `{after}`")
    } else {
        format!(
            "this graph has too many super-steps to know that `{name}` does not run twice, after `{one}` and after `{after}`"
        )
    };
    let sources = plain_sources(model, &first, &second);
    let join = sources.and_then(|sources| join_that_mends(&shape, node, sources));
    let join = join.map(|join| edge_name_of(model, &join.sources));
    diagnostics.error_at(mention(model, *other, node), with_help(message, help(model, node, join)));
}

/// What to write instead, with the sources of a join if one would do.
fn help(model: &Model, node: usize, sources: Option<String>) -> String {
    let name = &model.nodes[node].name;
    let join = sources.map(|sources| format!("wait for both: `{sources} -> {name};`, "));
    // A node that is sent its input cannot wait, and one that waits already runs twice all the same.
    let defer = (!model.nodes[node].has_task_input && !model.nodes[node].deferred)
        .then(|| format!("{}for all that runs: `defer {name};`, ", if join.is_none() { "wait " } else { "" }));
    let each = format!("run it for each: `each {name};`");
    let or = if join.is_none() && defer.is_none() { "" } else { "or " };
    format!("{}{}{or}{each}", join.unwrap_or_default(), defer.unwrap_or_default())
}

/// The sources of both runs, if all lead to the node by plain edges: no router can stand before a join.
fn plain_sources(model: &Model, first: &[Edge], second: &[Edge]) -> Option<Vec<usize>> {
    let source = |edge: &Edge| match edge {
        Edge::Node(from) if model.nodes[*from].outgoing.router.is_none() => Some(*from),
        Edge::Node(_) | Edge::Start | Edge::Join(_) => None,
    };
    first.iter().chain(second).map(source).collect()
}

/// The join of these sources, if it would always fire and nothing would meet in the node.
fn join_that_mends(shape: &Shape, node: usize, sources: Vec<usize>) -> Option<Join> {
    let mut mended = shape.clone();
    for from in &sources {
        for way in &mut mended.nodes[*from] {
            way.targets.retain(|target| target.node != node);
        }
        mended.nodes[*from].retain(|way| !way.targets.is_empty());
    }
    let join = Join { sources, targets: vec![node], exit: None };
    mended.joins.push(join.clone());
    let flow = Flow::of(&mended);
    let mends = flow.starved.is_empty() && meetings(&mended, &flow).iter().all(|meeting| meeting.node != node);
    mends.then_some(join)
}

/// The source of an edge: `START`, `ask`, `[left, right]`.
fn edge_name(model: &Model, edge: Edge) -> String {
    match edge {
        Edge::Start => crate::keyword::START.to_owned(),
        Edge::Node(node) => model.nodes[node].name.clone(),
        Edge::Join(join) => edge_name_of(model, &model.joins[join].sources),
    }
}

fn edge_name_of(model: &Model, sources: &[usize]) -> String {
    let names: Vec<&str> = sources.iter().map(|node| &*model.nodes[*node].name).collect();
    format!("[{}]", names.join(", "))
}

/// Where an edge mentions the node that it leads to.
fn mention(model: &Model, edge: Edge, node: usize) -> Span {
    let from = match edge {
        Edge::Start => None,
        Edge::Node(from) => Some(from),
        Edge::Join(join) => {
            let edge = model.joins[join].targets.iter().find(|edge| edge.target == Target::Node(node));
            return edge.map_or(model.joins[join].at.0, |edge| edge.at.0);
        }
    };
    let outgoing = model.outgoing(from);
    let by_edge = || outgoing.edges.iter().find(|edge| edge.target == Target::Node(node)).map(|edge| edge.at.0);
    let by_router = || outgoing.router.as_ref().and_then(|router| leaf(&router.body, node));
    by_edge().or_else(by_router).unwrap_or_else(|| model.nodes[node].ident.span())
}

/// The first leaf of a router that leads to a node.
fn leaf(routing: &Routing, node: usize) -> Option<Span> {
    match routing {
        Routing::To(target, at) => (*target == Target::Node(node)).then_some(at.0),
        Routing::For(each) => (each.node == node).then_some(each.at.0),
        Routing::Unknown(_) => None,
        Routing::List(leaves, _) => leaves.iter().find_map(|one| leaf(one, node)),
        Routing::If { then, otherwise, .. } => leaf(then, node).or_else(|| leaf(otherwise, node)),
        Routing::Match { arms, .. } => arms.iter().find_map(|arm| leaf(&arm.body, node)),
        Routing::Block { tail, .. } => leaf(tail, node),
    }
}
