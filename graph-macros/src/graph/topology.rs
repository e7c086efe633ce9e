//! The graph's shape as a constant.

use proc_macro2::TokenStream;
use quote::quote;

use super::members::{as_node, is_own};
use super::model::{Branch, Edge, Model, Target};
use super::routes;
use super::syntax::Graph;

/// ```text
/// Topology {
///     name: "ChatGraph",
///     nodes: &[NodeShape { name: "conversation", info: <conversation as Node<..>>::INFO, edges: &[..], .. }, ..],
///     start: &[Target::Node(0)],
///     start_branches: &[],
///     joins: &[Join { sources: &[0, 1], targets: &[Target::Node(2)] }],
///     exits: &["TooLong"],
/// }
/// ```
pub(super) fn of(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let (krate, name) = (&graph.krate, graph.ident.to_string());
    let nodes = model.nodes.iter().enumerate().map(|(index, node)| {
        let (name, as_node) = (&node.name, as_node(graph, index));
        let own = if is_own(graph, node) { again(graph, model) } else { quote!(#as_node::INFO) };
        let info = match &graph.defaults {
            Some(_) => quote!(#krate::__private::with_defaults(#own, __DEFAULTS)),
            None => own,
        };
        let (edges, branches) = (edges(graph, &node.exits.edges), branches(graph, &node.exits.branches));
        let (routed, asked) = (node.exits.router.is_some(), routes::decides(node));
        let joins = node.exits.joins.iter().map(|(join, place)| quote!((#join, #place)));
        let deferred = node.deferred;
        quote! {
            #krate::graph::NodeShape {
                name: #name,
                info: #info,
                edges: #edges,
                branches: #branches,
                routed: #routed,
                asked: #asked,
                joins: &[#(#joins),*],
                deferred: #deferred,
            }
        }
    });
    let (start, start_branches) = (edges(graph, &model.start.edges), branches(graph, &model.start.branches));
    let joins = model.joins.iter().map(|join| {
        let (sources, targets) = (&join.sources, edges(graph, &join.targets));
        quote!(#krate::graph::Join { sources: &[#(#sources),*], targets: #targets })
    });
    let defaults = graph.defaults.as_ref().map(|policy| {
        let policy = policy.expand(krate);
        quote!(const __DEFAULTS: #krate::node::Policy = #policy;)
    });
    let exits = graph.exits.iter().map(|exit| exit.ident.to_string());
    quote! {{
        #defaults
        #krate::graph::Topology {
            name: #name,
            nodes: &[#(#nodes),*],
            start: #start,
            start_branches: #start_branches,
            joins: &[#(#joins),*],
            exits: &[#(#exits),*],
        }
    }}
}

/// `again("RecursiveGraph", false, &[<step as Node<..>>::INFO, ..])`: what a graph is as a node of itself.
fn again(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let (krate, name, routes) = (&graph.krate, graph.ident.to_string(), !graph.exits.is_empty());
    let others = model.nodes.iter().enumerate().filter(|(_, node)| !is_own(graph, node)).map(|(index, _)| {
        let as_node = as_node(graph, index);
        quote!(#as_node::INFO)
    });
    quote!(#krate::__private::recursive(#name, #routes, &[#(#others),*]))
}

fn target(graph: &Graph, target: Target) -> TokenStream {
    let krate = &graph.krate;
    match target {
        Target::Node(node) => quote!(#krate::graph::Target::Node(#node)),
        Target::End => quote!(#krate::graph::Target::End),
        Target::Exit(exit) => quote!(#krate::graph::Target::Exit(#exit)),
    }
}

fn edges(graph: &Graph, edges: &[Edge]) -> TokenStream {
    let targets = edges.iter().map(|edge| target(graph, edge.target));
    quote!(&[#(#targets),*])
}

fn branches(graph: &Graph, branches: &[Branch]) -> TokenStream {
    let krate = &graph.krate;
    let branches = branches.iter().map(|branch| {
        let Branch { label, each, alternative, .. } = branch;
        let target = target(graph, branch.target);
        quote!(#krate::graph::Branch { target: #target, label: #label, each: #each, alternative: #alternative })
    });
    quote!(&[#(#branches),*])
}
