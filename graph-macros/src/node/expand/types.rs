//! The types of a node as its impls name them.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Ident;

use crate::node::model::Node;

/// The type parameters of the impl: `__S: State, __G: Graph,`
pub(super) fn parameters(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    let state = node.state().is_none().then(|| quote!(__S: #krate::state::State,));
    let graph = node.graph().is_none().then(|| quote!(__G: #krate::graph::Graph,));
    quote!(#state #graph)
}

/// `ChatState`, or `__S` if the node is for any state.
pub(super) fn state_type(node: &Node<'_>) -> TokenStream {
    node.state().map_or_else(|| quote!(__S), |state| state.reference.elem.to_token_stream())
}

/// `ChatGraph`, or `__G` if the node is for any graph.
pub(super) fn graph_type(node: &Node<'_>) -> TokenStream {
    node.graph().map_or_else(|| quote!(__G), ToTokens::to_token_stream)
}

/// The parameters of `run`: its input, the state and the context. A node may have one of these names, and the locals of
/// the expansion must not hide its function.
pub(super) fn locals() -> [Ident; 3] {
    ["input", "state", "cx"].map(|name| Ident::new(name, Span::mixed_site()))
}
