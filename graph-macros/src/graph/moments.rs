//! Which super-steps can occur, written down for the checks that need what nodes read and write.

use graph_shape::{Alternative, Flow, Join, Shape, Target as ShapeTarget, pairs};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::exits::is_one;
use super::model::{Exits, Model, Node, Target};
use super::routes;
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
    let (first, exact, idle) = (&flow.first, flow.exact, flow.idle);
    let last = (0..count).filter(|moment| flow.moments[*moment].ends);
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
            last: &[#(#last),*],
            idle: #idle,
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
    let blurred = model.start.blurred || model.nodes.iter().any(|node| node.exits.blurred || is_blurred(node));
    // What one alternative leads to always runs together; that is not so of a router whose alternatives are one.
    if blurred { pairs(&shape) } else { Flow::of(&shape) }
}

pub(super) fn shape(model: &Model<'_>) -> Shape {
    Shape {
        start: alternatives(&model.start),
        nodes: model.nodes.iter().map(of_node).collect(),
        joins: model
            .joins
            .iter()
            .map(|join| Join {
                sources: join.sources.clone(),
                targets: join.targets.iter().filter_map(|edge| node(edge.target)).collect(),
            })
            .collect(),
        deferred: (0..model.nodes.len()).filter(|node| model.nodes[*node].deferred).collect(),
    }
}

/// More alternatives than this of a node that runs as many tasks, each of which decides for itself, are not told apart.
const COMBINED: usize = 5;

fn decides_for_many(node: &Node<'_>) -> bool {
    node.sent && routes::decides(node)
}

fn is_blurred(node: &Node<'_>) -> bool {
    decides_for_many(node) && alternatives(&node.exits).len() > COMBINED
}

/// What a node leads to. Where it runs as many tasks and each decides for itself, some take one way and some another, or
/// there is no task at all.
fn of_node(node: &Node<'_>) -> Vec<Alternative> {
    let single = alternatives(&node.exits);
    if !decides_for_many(node) {
        return single;
    }
    let ways = |taken: &dyn Fn(usize) -> bool| {
        let mut all = Alternative::default();
        for (_, way) in single.iter().enumerate().filter(|(index, _)| taken(*index)) {
            all.exit |= way.exit;
            all.targets
                .extend(way.targets.iter().filter(|target| !all.targets.contains(target)).copied().collect::<Vec<_>>());
        }
        all
    };
    if single.len() > COMBINED {
        return vec![ways(&|_| true)];
    }
    (0..1_usize << single.len()).map(|mask| ways(&|index| mask >> index & 1 == 1)).collect()
}

fn alternatives(exits: &Exits<'_>) -> Vec<Alternative> {
    if exits.router.is_none() {
        let targets: Vec<usize> = exits.edges.iter().filter_map(|edge| node(edge.target)).collect();
        let exit = exits.edges.iter().any(|edge| is_one(edge.target));
        // A node that only joins wait for has no way out of its own.
        let all = Alternative { exit, ..Alternative::of(&targets) };
        return if exits.edges.is_empty() { Vec::new() } else { vec![all] };
    }
    let last = exits.branches.iter().map(|branch| branch.alternative).max();
    let alternative = |number| {
        let leaves = exits.branches.iter().filter(|branch| branch.alternative == number);
        let exit = leaves.clone().any(|leaf| is_one(leaf.target));
        let targets = leaves.filter_map(|leaf| Some(ShapeTarget { node: node(leaf.target)?, each: leaf.each }));
        Alternative { targets: targets.collect(), exit }
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
        Target::End | Target::Exit(_) => None,
    }
}
