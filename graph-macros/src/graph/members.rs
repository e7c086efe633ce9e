//! How the expansion names the nodes: each path of the user's once, all else through aliases.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;

use super::model::{Model, Node};
use super::syntax::Graph;
use crate::span::of_type;

/// What stands for the nodes and the state inside the expansion:
///
/// ```text
/// use __private::No as _;
/// const __IS_STATE: bool = StateProbe::<ChatState>::YES;
/// const _: &'static str = <ChatState as State>::NAME;
/// type __State = <StateProbe<ChatState> as Chosen<__IS_STATE>>::Type;
/// type __Mentioned0 = conversation;
/// type __Fn0 = <__Mentioned0 as OfState<__IS_STATE>>::Type;
/// const _: NodeInfo = <__Fn0 as Node<__State, ChatGraph>>::INFO;
/// type __Node0 = <NodeProbe<__Fn0, __State, ChatGraph> as Chosen<{ NodeProbe::<..>::YES }>>::Type;
/// ```
///
/// The constants are where rustc says that the state is none, or a node none of this graph; see graph-core's `private/probe.rs`.
pub(super) fn inside(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let (krate, ident, state) = (&graph.krate, &graph.ident, &graph.state);
    let types = model.nodes.iter().enumerate().map(|(index, node)| {
        let chosen = node_type(index);
        let path = if is_subgraph(node) {
            graph_or_node(graph, node).into_token_stream()
        } else {
            node.path.to_token_stream()
        };
        let function = format_ident!("__Fn{index}");
        // The same name at the user's token, which is where rustc then points.
        let at_node = Ident::new(&function.to_string(), node_span(node));
        // A graph is a node of itself, and what it writes as such is what its other nodes write: see `topology`.
        let required = (!is_own(graph, node)).then(|| {
            let info = quote_spanned!(node_span(node)=> <#at_node as #krate::node::Node<__State, #ident>>::INFO);
            quote!(const _: #krate::node::NodeInfo = #info;)
        });
        let mentioned = format_ident!("__Mentioned{index}");
        let (probe, any) = (quote!(#krate::__private::NodeProbe), function_type(graph, node, index));
        quote! {
            type #mentioned = #path;
            type #function = <#mentioned as #krate::__private::OfState<__IS_STATE>>::Type;
            #required
            type #chosen = <#probe<#any, __State, #ident> as #krate::__private::Chosen<
                { #probe::<#any, __State, #ident>::YES },
            >>::Type;
        }
    });
    let required = quote_spanned!(of_type(state)=> <#state as #krate::state::State>::NAME);
    quote! {
        // Unused where the probe finds what it looks for.
        #[allow(unused_imports)]
        use #krate::__private::No as _;
        const __IS_STATE: bool = #krate::__private::StateProbe::<#state>::YES;
        const _: &'static str = #required;
        type __State = <#krate::__private::StateProbe<#state> as #krate::__private::Chosen<__IS_STATE>>::Type;
        #(#types)*
    }
}

/// For what is named like a type, and so is a graph or may well be no node: the aliases that stand for it outside the
/// constant.
///
/// ```text
/// type __ParentGraph_child_Graph = <GraphProbe<ChildGraph, ParentState> as Chosen<{ .. }>>::Type;
/// type __ParentGraph_child = <FnProbe<__ParentGraph_child_Graph> as Chosen<{ .. }>>::Type;
/// type __ParentGraph_child_Inner = <InnerProbe<__ParentGraph_child> as Chosen<{ .. }>>::Type;
/// ```
///
/// A function is named as it is, for documentation and editors: a function that is no node is not even a type.
pub(super) fn outside(graph: &Graph, model: &Model<'_>) -> TokenStream {
    let krate = &graph.krate;
    let types = model.nodes.iter().filter(|node| is_subgraph(node)).map(|node| {
        let (path, state, alias, mentioned) =
            (node.path, &graph.state, any_type(graph, node), graph_or_node(graph, node));
        let (probe, graphs) = (quote!(#krate::__private::FnProbe), quote!(#krate::__private::GraphProbe));
        let (inner, inners) = (inner_type(graph, node), quote!(#krate::__private::InnerProbe));
        quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #mentioned = <#graphs<#path, #state> as #krate::__private::Chosen<{
                // Unused where the probe finds what it looks for.
                #[allow(unused_imports)]
                use #krate::__private::No as _;
                #graphs::<#path, #state>::YES
            }>>::Type;
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #alias = <#probe<#mentioned> as #krate::__private::Chosen<{
                #[allow(unused_imports)]
                use #krate::__private::No as _;
                #probe::<#mentioned>::YES
            }>>::Type;
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #inner = <#inners<#alias> as #krate::__private::Chosen<{
                #[allow(unused_imports)]
                use #krate::__private::No as _;
                #inners::<#alias>::YES
            }>>::Type;
        }
    });
    quote!(#(#types)*)
}

/// Whether the node is a graph: told by its name, which begins with a capital letter.
pub(super) fn is_subgraph(node: &Node<'_>) -> bool {
    node.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}

/// Whether it is this graph itself.
pub(super) fn is_own(graph: &Graph, node: &Node<'_>) -> bool {
    node.path.is_ident(&graph.ident)
}

fn graph_or_node(graph: &Graph, node: &Node<'_>) -> Ident {
    format_ident!("__{}_{}_Graph", graph.ident, node.name, span = Span::call_site())
}

/// The node as what things can come from inside of; nothing does, where it is no graph.
pub(super) fn inner_type(graph: &Graph, node: &Node<'_>) -> Ident {
    format_ident!("__{}_{}_Inner", graph.ident, node.name, span = Span::call_site())
}

fn any_type(graph: &Graph, node: &Node<'_>) -> Ident {
    format_ident!("__{}_{}", graph.ident, node.name, span = Span::call_site())
}

/// The node inside the expansion, where it is a node at all.
pub(super) fn function_type(graph: &Graph, node: &Node<'_>, index: usize) -> Ident {
    if is_subgraph(node) { any_type(graph, node) } else { format_ident!("__Fn{index}") }
}

/// The node as the expansion runs it, or what stands in for it.
fn node_type(index: usize) -> Ident {
    format_ident!("__Node{index}")
}

/// `<__Node0 as Node<ChatState, ChatGraph>>`
pub(super) fn as_node(graph: &Graph, index: usize) -> TokenStream {
    let (krate, ident, chosen) = (&graph.krate, &graph.ident, node_type(index));
    quote!(<#chosen as #krate::node::Node<__State, #ident>>)
}

/// `<conversation as NodeFn>`: what a node takes and gives, whatever it is a node of.
pub(super) fn as_function(graph: &Graph, node: &Node<'_>) -> TokenStream {
    let krate = &graph.krate;
    let path = if is_subgraph(node) { any_type(graph, node).into_token_stream() } else { node.path.to_token_stream() };
    quote_spanned!(node_span(node)=> <#path as #krate::node::NodeFn>)
}

/// The last word of the node's path: the function's name, also under an alias.
pub(super) fn node_span(node: &Node<'_>) -> Span {
    node.path.segments.last().map_or_else(|| node.ident.span(), |last| last.ident.span())
}
