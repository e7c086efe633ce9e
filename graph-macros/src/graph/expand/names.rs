//! The names of generated items.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;

use super::Expansion;
use crate::graph::model::{Call, Model, Node};
use crate::primitive::refused;

/// The types that every graph has.
pub(super) struct Names {
    /// `ChatGraphNode`
    pub node: Ident,
    /// `ChatGraphUpdate`
    pub update: Ident,
    /// `__ChatGraphTask`
    pub task: Ident,
    /// `ChatGraphExit`
    pub exit: Ident,
    /// `ChatGraphInterrupt`
    pub interrupt: Ident,
    /// `ChatGraphTaskResult`
    pub task_result: Ident,
    /// `__ChatGraphRoute`
    pub route: Ident,
    /// `ChatGraphInside`
    pub inside: Ident,
}

impl Names {
    pub(super) fn of(model: &Model) -> Self {
        let ident = &model.ident;
        let named = |name: String| Ident::new(&name, ident.span());
        Self {
            node: named(format!("{ident}Node")),
            update: named(format!("{ident}Update")),
            task: format_ident!("__{ident}Task"),
            exit: named(format!("{ident}Exit")),
            interrupt: named(format!("{ident}Interrupt")),
            task_result: named(format!("{ident}TaskResult")),
            inside: named(format!("{ident}Subgraph")),
            route: format_ident!("__{ident}Route"),
        }
    }
}

/// The names that stand for one node. A subgraph has three aliases outside the constant, see
/// [`outside`](super::node_types::outside); a function is named as it is, for documentation and editors.
impl Expansion<'_> {
    /// `__ParentGraph_child_Graph`: the subgraph, or a stub if it is no graph.
    pub(super) fn graph_alias(&self, node: &Node) -> Ident {
        format_ident!("__{}_{}_Graph", self.model.ident, node.name, span = Span::call_site())
    }

    /// `__ParentGraph_child`: the subgraph as a node.
    pub(super) fn subgraph_alias(&self, node: &Node) -> Ident {
        format_ident!("__{}_{}", self.model.ident, node.name, span = Span::call_site())
    }

    /// `__ParentGraph_child_Inner`: the subgraph as a source of parts of the stream.
    pub(super) fn inner_alias(&self, node: &Node) -> Ident {
        format_ident!("__{}_{}_Inner", self.model.ident, node.name, span = Span::call_site())
    }

    /// `__ParentGraph_calls_Search`: a graph that nodes of this one run.
    pub(super) fn call_alias(&self, call: &Call) -> Ident {
        format_ident!("__{}_calls_{}", self.model.ident, call.ident, span = Span::call_site())
    }

    /// The node inside the constant: `__Mentioned0`, or the alias of a subgraph.
    pub(super) fn function_type(&self, node: &Node, index: usize) -> Ident {
        if node.is_subgraph() { self.subgraph_alias(node) } else { format_ident!("__Mentioned{index}") }
    }

    /// `<__Node0 as Node<ChatState, ChatGraph>>`
    pub(super) fn as_node(&self, index: usize) -> TokenStream {
        let (krate, ident, chosen) = (&self.model.krate, &self.model.ident, node_type(index));
        quote!(<#chosen as #krate::node::Node<__State, #ident>>)
    }

    /// `<conversation as NodeFn>`
    pub(super) fn as_function(&self, node: &Node) -> TokenStream {
        let krate = &self.model.krate;
        let path = if node.is_subgraph() { self.subgraph_alias(node).into_token_stream() } else { type_path(node) };
        quote_spanned!(node.span()=> <#path as #krate::node::NodeFn>)
    }
}

/// The path of a node's type, as the user wrote it.
pub(super) fn type_path(node: &Node) -> TokenStream {
    refused(&node.path).map_or_else(|| node.path.to_token_stream(), Ident::into_token_stream)
}

/// `__Node0`: the node as the expansion runs it, or a stub if it is no node of this graph.
pub(super) fn node_type(index: usize) -> Ident {
    format_ident!("__Node{index}")
}
