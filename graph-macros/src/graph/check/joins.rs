//! Every join fires.

use graph_shape::{Flow, StarvedJoin};

use crate::diagnostics::{Diagnostics, with_help};
use crate::graph::model::{Join, Model, Target};

/// No run ends while a join waits: with some of its sources run, and others not.
pub(super) fn joins_are_complete(model: &Model, flow: &Flow, diagnostics: &Diagnostics) {
    for StarvedJoin { join, arrived, path } in &flow.starved {
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
                format!("`{waiting}` can wait forever: on the path {} `{missing}` never runs", path_text(model, path));
            let help = format!("lead to `{missing}` on every path, or to `{waiting}` by an edge from each source");
            with_help(message, help)
        };
        diagnostics.error_at(join.at.0, text);
    }
}

/// `START -> a -> [b, c]`; what branches run until all have ended is `..`.
fn path_text(model: &Model, path: &[Vec<usize>]) -> String {
    let steps = path.iter().map(|nodes| {
        let names: Vec<&str> = nodes.iter().map(|node| &*model.nodes[*node].name).collect();
        match &*names {
            [] => "..".to_owned(),
            [one] => (*one).to_owned(),
            _ => format!("[{}]", names.join(", ")),
        }
    });
    std::iter::once(crate::keyword::START.to_owned()).chain(steps).collect::<Vec<_>>().join(" -> ")
}

/// The first target of a join.
fn waiting<'m>(model: &'m Model, join: &Join) -> &'m str {
    join.targets.first().map_or(crate::keyword::END, |edge| model.target_name(edge.target))
}

/// Whether two nodes are alternatives of one router, so that at most one of them runs.
fn are_alternatives(model: &Model, a: usize, b: usize) -> bool {
    let (Some(router), Some(other)) = (only_source(model, a), only_source(model, b)) else { return false };
    if router != other || model.outgoing(router).router.is_none() {
        return false;
    }
    // In a loop, the router may take the other branch next time.
    if let Some(router) = router
        && (model.reachable_from(Some(a))[router] || model.reachable_from(Some(b))[router])
    {
        return false;
    }
    let branches = model.outgoing(router).branches();
    let under = |node: usize| branches.iter().filter(move |branch| branch.target == Target::Node(node));
    under(a).all(|one| under(b).all(|other| one.alternative != other.alternative))
}

/// The only source that leads to a node; `None` if there are several.
fn only_source(model: &Model, node: usize) -> Option<Option<usize>> {
    let mut sources = model.sources().filter(|from| model.targets(*from).contains(&Target::Node(node)));
    match (sources.next(), sources.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}
