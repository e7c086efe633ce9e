//! The check that every end finds the late fields of the output written.

use graph_shape::Flow;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::Expansion;
use crate::graph::model::{Model, Routing, Target};

/// An `END` or exit in the user's source.
struct End {
    name: String,
    exit: Option<usize>,
    at: Span,
    /// The nodes that it follows; none for START.
    from: Vec<usize>,
    /// The ways to end that lead to it.
    last: Vec<usize>,
}

/// The ways in which a run can end, each with its last super-step.
pub(super) fn last(flow: &Flow) -> impl Iterator<Item = (usize, &graph_shape::End)> {
    flow.steps.iter().enumerate().flat_map(|(index, step)| step.ends.iter().map(move |end| (index, end)))
}

/// ```text
/// const __ENDS: &[End] = &[End { name: "END", last: &[1], from_start: false }];
/// const _: () = ends_written::<__State, 2>(__TOPOLOGY, __FLOW, __WRITTEN, __ENDS, 0);
/// ```
pub(super) fn of(expansion: &Expansion<'_>, flow: &Flow) -> TokenStream {
    let (model, count) = (expansion.model, flow.steps.len());
    let krate = &model.krate;
    let mut ends = in_source(model);
    for (index, (step, graph_shape::End { exit, .. })) in last(flow).enumerate() {
        let nodes = last_nodes(flow, step);
        let ended = |end: &&mut End| end.exit == *exit && end.from.iter().any(|node| nodes.contains(node));
        if let Some(end) = ends.iter_mut().find(ended) {
            end.last.push(index);
        } else {
            // A `for` edge over no items goes on where its node would have.
            let name = exit.map_or(crate::keyword::END, |exit| &model.exits[exit].name).to_owned();
            ends.push(End { name, exit: *exit, at: model.ident.span(), from: Vec::new(), last: vec![index] });
        }
    }
    let mut empty = flow.empty.clone();
    let values = ends.iter().map(|End { name, exit, last, from, .. }| {
        let place = empty.iter().position(|known| known == exit).filter(|_| from.is_empty());
        let from_start = place.map(|place| empty.swap_remove(place)).is_some();
        quote!(#krate::__private::End { name: #name, last: &[#(#last),*], from_start: #from_start })
    });
    let values: Vec<_> = values.collect();
    let checks = ends.iter().enumerate().map(|(index, End { at, .. })| {
        let check = quote_spanned!(*at=>
            __private::ends_written::<__State, #count>(__TOPOLOGY, __FLOW, __WRITTEN, __ENDS, #index));
        quote!(const _: () = #check;)
    });
    quote! {
        const __ENDS: &[#krate::__private::End] = &[#(#values),*];
        #(#checks)*
    }
}

/// The nodes of a super-step; where branches end, those of the last super-steps of the branches.
fn last_nodes(flow: &Flow, step: usize) -> Vec<usize> {
    let own = &flow.steps[step];
    if !own.active.is_empty() {
        return own.active.iter().map(|(node, _)| *node).collect();
    }
    let before: Vec<usize> = if own.joins.is_empty() { vec![step] } else { own.joins.concat() };
    let leads = |from: &usize| flow.steps[*from].next.iter().any(|next| before.contains(next));
    (0..flow.steps.len()).filter(leads).flat_map(|from| last_nodes(flow, from)).collect()
}

/// The ends in the source: those of START, then those of each node, then those of joins. A super-step is counted to the
/// first that follows one of its nodes.
fn in_source(model: &Model) -> Vec<End> {
    let mut ends = Vec::new();
    let mut end = |target: Target, at: Span, from: Vec<usize>| {
        if target.node().is_none() {
            let (name, exit) = (model.target_name(target).to_owned(), target.exit());
            ends.push(End { name, exit, at, from, last: Vec::new() });
        }
    };
    for source in model.sources() {
        let outgoing = model.outgoing(source);
        outgoing.edges.iter().for_each(|edge| end(edge.target, edge.at.0, source.into_iter().collect()));
        if let Some(router) = &outgoing.router {
            leaves(&router.body, &mut |target, at| end(target, at, source.into_iter().collect()));
        }
    }
    for join in &model.joins {
        join.targets.iter().for_each(|edge| end(edge.target, edge.at.0, join.sources.clone()));
    }
    ends
}

/// Calls `visit` with each leaf of a router.
fn leaves(routing: &Routing, visit: &mut dyn FnMut(Target, Span)) {
    match routing {
        Routing::To(target, at) => visit(*target, at.0),
        Routing::List(leaves, _) => leaves.iter().for_each(|leaf| self::leaves(leaf, visit)),
        Routing::If { then, otherwise, .. } => {
            leaves(then, visit);
            leaves(otherwise, visit);
        }
        Routing::Match { arms, .. } => arms.iter().for_each(|arm| leaves(&arm.body, visit)),
        Routing::Block { tail, .. } => leaves(tail, visit),
        Routing::For(_) | Routing::Unknown(_) => {}
    }
}
