//! Which super-steps can occur, written down for the checks that need what nodes read and write.

use graph_shape::{Alternative, Flow, Join, Shape, Target as ShapeTarget, pairs};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::model::{Exits, Model, Target};
use super::syntax::Graph;

/// ```text
/// const __TOPOLOGY: &Topology = &<ChatGraph as Graph>::TOPOLOGY;
/// const __FLOW: &DataFlow = &DataFlow { moments: &[Moment { active: &[(0, false)], next: &[1], joined: &[] }, ..], .. };
/// const __WRITTEN: &[FieldSet; 2] = &written_before::<__State, 2>(__TOPOLOGY, __FLOW);
/// const __FINDINGS: &[Finding; 2] = &findings::<__State, 2>(__TOPOLOGY, __FLOW, __WRITTEN);
/// const __CHECKED: &Checked<__State, 2> = &Checked::of(__TOPOLOGY, __FLOW, __FINDINGS);
/// const _: () = { takes_no_input(__CHECKED, 0); clean(__CHECKED, 0) };
/// const _: () = router_reads::<__State, 2>(__TOPOLOGY, __FLOW, __WRITTEN, 0, FieldSet::named::<ChatState>(&["summary"]));
/// ```
///
/// One constant a node, because rustc takes its time for each. The others are references: a `&` of a constant that is a
/// value would be a constant of its own at each node, with all that the value holds looked through again.
pub(super) fn checks(graph: &Graph, model: &Model<'_>, flow: &Flow) -> TokenStream {
    let (krate, ident, state) = (&graph.krate, &graph.ident, &graph.state);
    let (count, nodes_count) = (flow.moments.len(), model.nodes.len());
    let moments = flow.moments.iter().map(|moment| {
        let (next, active) = (&moment.next, moment.active.iter().map(|(node, many)| quote!((#node, #many))));
        let joined = moment.joined.iter().map(|group| quote!(&[#(#group),*]));
        quote!(#krate::graph::Moment { active: &[#(#active),*], next: &[#(#next),*], joined: &[#(#joined),*] })
    });
    let (first, exact) = (&flow.first, flow.exact);
    let pairs = flow.pairs.iter().map(|(a, b)| quote!((#a, #b)));

    let nodes = model.nodes.iter().enumerate().map(|(index, node)| {
        let span = node.ident.span();
        let clean = quote_spanned!(span=> __private::clean(__CHECKED, #index));
        let input = node.pulled.map(|span| quote_spanned!(span=> __private::takes_no_input(__CHECKED, #index);));
        quote!(const _: () = { #input #clean };)
    });
    let from = std::iter::once(None).chain((0..model.nodes.len()).map(Some));
    let routers = from.filter_map(|from| {
        let router = model.exits(from).router?;
        let reads = router.reads.set_of(krate, state);
        let check = match from {
            None => quote_spanned!(router.span=> __private::start_reads::<__State>(#reads)),
            Some(node) => quote_spanned!(router.span=>
                __private::router_reads::<__State, #count>(__TOPOLOGY, __FLOW, __WRITTEN, #node, #reads)),
        };
        Some(quote!(const _: () = #check;))
    });
    quote! {
        const __TOPOLOGY: &#krate::graph::Topology = &<#ident as #krate::graph::Graph>::TOPOLOGY;
        const __FLOW: &#krate::graph::DataFlow = &#krate::graph::DataFlow {
            moments: &[#(#moments),*],
            first: &[#(#first),*],
            pairs: &[#(#pairs),*],
            exact: #exact,
        };
        const __WRITTEN: &[#krate::state::FieldSet; #count] =
            &__private::written_before::<__State, #count>(__TOPOLOGY, __FLOW);
        const __FINDINGS: &[#krate::__private::Finding; #nodes_count] =
            &__private::findings::<__State, #nodes_count>(__TOPOLOGY, __FLOW, __WRITTEN);
        const __CHECKED: &__private::Checked<__State, #count> =
            &__private::Checked::of(__TOPOLOGY, __FLOW, __FINDINGS);
        #(#nodes)*
        #(#routers)*
    }
}

/// What steps can occur, and what can follow what.
pub(super) fn flow(model: &Model<'_>) -> Flow {
    let shape = shape(model);
    let blurred = model.start.blurred || model.nodes.iter().any(|node| node.exits.blurred);
    // What one alternative leads to always runs together; that is not so of a router whose alternatives are one.
    if blurred { pairs(&shape) } else { Flow::of(&shape) }
}

pub(super) fn shape(model: &Model<'_>) -> Shape {
    Shape {
        start: alternatives(&model.start),
        nodes: model.nodes.iter().map(|node| alternatives(&node.exits)).collect(),
        joins: model
            .joins
            .iter()
            .map(|join| Join {
                sources: join.sources.clone(),
                targets: join.targets.iter().filter_map(|edge| node(edge.target)).collect(),
            })
            .collect(),
    }
}

fn alternatives(exits: &Exits<'_>) -> Vec<Alternative> {
    if exits.router.is_none() {
        let targets: Vec<usize> = exits.edges.iter().filter_map(|edge| node(edge.target)).collect();
        // A node that only joins wait for has no way out of its own.
        return if exits.edges.is_empty() { Vec::new() } else { vec![Alternative::of(&targets)] };
    }
    let last = exits.branches.iter().map(|branch| branch.alternative).max();
    let alternative = |number| {
        let leaves = exits.branches.iter().filter(|branch| branch.alternative == number);
        let targets = leaves.filter_map(|leaf| Some(ShapeTarget { node: node(leaf.target)?, each: leaf.each }));
        Alternative { targets: targets.collect() }
    };
    let mut alternatives = Vec::new();
    for alternative in (0..=last.unwrap_or(0)).map(alternative) {
        // Two ways to the same are one choice.
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    alternatives
}

fn node(target: Target) -> Option<usize> {
    match target {
        Target::Node(node) => Some(node),
        Target::End => None,
    }
}
