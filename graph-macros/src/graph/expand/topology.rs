//! The shape of a graph as a constant.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Expansion, graph_impl};
use crate::graph::model::{Branch, Edge, Model, SubgraphMemory, Target};

/// ```text
/// Topology {
///     name: "ChatGraph",
///     nodes: &[NodeShape { name: "conversation", rank: 0, info: <conversation as Node<..>>::INFO, edges: &[..], .. }, ..],
///     start: &[Target::Node(0)],
///     start_branches: &[],
///     joins: &[Join { sources: &[0, 1], targets: &[Target::Node(2)] }],
///     exits: &["TooLong"],
/// }
/// ```
pub(super) fn of(expansion: &Expansion<'_>) -> TokenStream {
    let model = expansion.model;
    let (krate, name) = (&model.krate, model.ident.to_string());
    let nodes = model.nodes.iter().enumerate().map(|(index, node)| {
        let (name, as_node) = (&node.name, expansion.as_node(index));
        let own = if node.is_own { recursive_info(expansion) } else { quote!(#as_node::INFO) };
        let info = match &model.defaults {
            Some(_) => quote!(#krate::__private::with_defaults(#own, __DEFAULTS)),
            None => own,
        };
        let (edges, branches) = (edges(model, &node.outgoing.edges), branches(model, node.outgoing.branches()));
        let (routed, asked) = (node.outgoing.router.is_some(), node.decides());
        let joins = node.outgoing.joins.iter().map(|(join, position)| quote!((#join, #position)));
        let deferred = node.deferred;
        let memory = match node.memory {
            SubgraphMemory::PerCall => quote!(PerCall),
            SubgraphMemory::PerThread => quote!(PerThread),
            SubgraphMemory::Unsaved => quote!(Unsaved),
        };
        let rank = model.nodes.iter().filter(|other| other.name < node.name).count();
        quote! {
            #krate::graph::NodeShape {
                name: #name,
                rank: #rank,
                info: #info,
                edges: #edges,
                branches: #branches,
                routed: #routed,
                asked: #asked,
                joins: &[#(#joins),*],
                deferred: #deferred,
                memory: #krate::graph::SubgraphMemory::#memory,
            }
        }
    });
    let (start, start_branches) = (edges(model, &model.start.edges), branches(model, model.start.branches()));
    let joins = model.joins.iter().map(|join| {
        let (sources, targets) = (&join.sources, edges(model, &join.targets));
        quote!(#krate::graph::Join { sources: &[#(#sources),*], targets: #targets })
    });
    let defaults = model.defaults.as_ref().map(|policy| {
        let policy = policy.expand(krate);
        quote!(const __DEFAULTS: #krate::node::Policy = #policy;)
    });
    let exits = model.exits.iter().map(|exit| exit.ident.to_string());
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

/// `recursive("RecursiveGraph", false, &[<step as Node<..>>::INFO, ..], &[])`: a recursive graph as a node of itself.
fn recursive_info(expansion: &Expansion<'_>) -> TokenStream {
    let model = expansion.model;
    let (krate, name, routes) = (&model.krate, model.ident.to_string(), !model.exits.is_empty());
    let others = model.nodes.iter().enumerate().filter(|(_, node)| !node.is_own).map(|(index, _)| {
        let as_node = expansion.as_node(index);
        quote!(#as_node::INFO)
    });
    let carried = model.exits.iter().map(|exit| graph_impl::carried(expansion, exit));
    let none = routes.then(|| quote!(#krate::state::FieldSet::EMPTY,));
    quote!(#krate::__private::recursive(#name, #routes, &[#(#others),*], &[#none #(#carried),*]))
}

fn target(model: &Model, target: Target) -> TokenStream {
    let krate = &model.krate;
    match target {
        Target::Node(node) => quote!(#krate::graph::Target::Node(#node)),
        Target::End => quote!(#krate::graph::Target::End),
        Target::Exit(exit) => quote!(#krate::graph::Target::Exit(#exit)),
    }
}

fn edges(model: &Model, edges: &[Edge]) -> TokenStream {
    let targets = edges.iter().map(|edge| target(model, edge.target));
    quote!(&[#(#targets),*])
}

fn branches(model: &Model, branches: &[Branch]) -> TokenStream {
    let krate = &model.krate;
    let branches = branches.iter().map(|branch| {
        let Branch { label, each, alternative, .. } = branch;
        let target = target(model, branch.target);
        quote!(#krate::graph::Branch { target: #target, label: #label, each: #each, alternative: #alternative })
    });
    quote!(&[#(#branches),*])
}
