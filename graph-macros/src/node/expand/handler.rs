//! `on_error = handler`: another node handles the errors of a node.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Ident, Path};

use super::types::{graph_type, locals, parameters, state_type};
use crate::node::model::Node;
use crate::probe::Probe;
use crate::span::of_path;

/// The aliases of the handler, and the checks that it fits:
///
/// ```text
/// type __Handles = apologize;
/// const _: () = must_handle::<__Handles, (), __Update, __Route>();
/// type __Fitting = <HandlerProbe<__Handles, (), __Update, __Route> as Select<{ .. }>>::Type;
/// /* and that it is a node of the same graphs */
/// ```
pub(super) fn checks(node: &Node<'_>, handler: &Path) -> TokenStream {
    let (krate, ended) = (&node.krate, ended(node));
    // Spanned at the user's token, where rustc reports errors of the type.
    let at_handler = Ident::new("__Handles", of_path(handler));
    let must_handle = quote!(#krate::__private::must_handle);
    let check = quote_spanned!(of_path(handler)=> const _: () = #must_handle::<#at_handler, #ended>(););
    let fitting = Probe::new(krate, quote!(HandlerProbe), quote!(__Handles, #ended)).type_or_stub();
    let chosen = if is_of_one_graph(node) { of_one_graph(node, handler) } else { of_any_graph(node) };
    quote! {
        type __Handles = #handler;
        #check
        type __Fitting = #fitting;
        #chosen
    }
}

/// Whether the node is for one graph and one state, so that a probe can answer whether the handler is, too.
fn is_of_one_graph(node: &Node<'_>) -> bool {
    node.state().is_some() && node.graph().is_some()
}

/// ```text
/// const _: () = must_be_node::<__Handles, ChatState, ChatGraph>();
/// type __Handler = <NodeProbe<__Fitting, ChatState, ChatGraph> as Select<{ .. }>>::Type;
/// ```
fn of_one_graph(node: &Node<'_>, handler: &Path) -> TokenStream {
    let (krate, state, graph) = (&node.krate, state_type(node), graph_type(node));
    let must_be_node = quote!(#krate::__private::must_be_node);
    let at_handler = Ident::new("__Fitting", of_path(handler));
    let check = quote_spanned!(of_path(handler)=> const _: () = #must_be_node::<#at_handler, #state, #graph>(););
    let handler = Probe::new(krate, quote!(NodeProbe), quote!(__Fitting, #state, #graph)).type_or_stub();
    quote! {
        #check
        type __Handler = #handler;
    }
}

/// ```text
/// struct __Handling;
/// impl<__G: Graph> Handling<ChatState, __G, (), __Update, __Route> for __Handling where __Fitting: Node<ChatState, __G> {
///     type Handler = __Fitting;
/// }
/// ```
///
/// A bound that names a handler which does not exist would make rustc reject the whole impl; this one names the struct.
fn of_any_graph(node: &Node<'_>) -> TokenStream {
    let (krate, state, graph) = (&node.krate, state_type(node), graph_type(node));
    let (handling, parameters) = (handling(node), parameters(node));
    quote! {
        struct __Handling;

        #[automatically_derived]
        impl<#parameters> #handling for __Handling
        where
            __Fitting: #krate::node::Node<#state, #graph>,
        {
            type Handler = __Fitting;
        }
    }
}

/// `__Handling: Handling<ChatState, __G, (), __Update, __Route>`: the node is for the graphs that its handler is for.
pub(super) fn bound(node: &Node<'_>) -> Option<TokenStream> {
    let handling = handling(node);
    (!is_of_one_graph(node)).then(|| quote!(__Handling: #handling))
}

/// The beginning of the body:
///
/// ```text
/// if let Some(__failure) = failure_of(cx, &input) {
///     return <.. as Node<ChatState, __G>>::run(__failure, state, cx).await;
/// }
/// ```
pub(super) fn early_return(node: &Node<'_>) -> TokenStream {
    let (krate, as_node, [input, state, cx]) = (&node.krate, as_node(node), locals());
    quote! {
        if let ::core::option::Option::Some(__failure) = #krate::__private::failure_of(#cx, &#input) {
            return #as_node::run(__failure, #state, #cx).await;
        }
    }
}

/// `handled_by(NodeInfo { .. }, <.. as Node<ChatState, __G>>::INFO)`
pub(super) fn info(node: &Node<'_>, handler: &Path, info: &TokenStream) -> TokenStream {
    let (krate, as_node) = (&node.krate, as_node(node));
    // rustc reports errors of a call at its first token, which must not be the path of graph-core.
    let call = quote_spanned!(of_path(handler)=> __handled_by(#info, #as_node::INFO));
    quote!({ use #krate::__private::handled_by as __handled_by; #call })
}

/// `Handling<ChatState, __G, (), __Update, __Route>`
fn handling(node: &Node<'_>) -> TokenStream {
    let (krate, state, graph, ended) = (&node.krate, state_type(node), graph_type(node), ended(node));
    quote!(#krate::__private::Handling<#state, #graph, #ended>)
}

/// `<<__Handling as Handling<ChatState, __G, (), __Update, __Route>>::Handler as Node<ChatState, __G>>`
fn as_node(node: &Node<'_>) -> TokenStream {
    let (krate, state, graph, handling) = (&node.krate, state_type(node), graph_type(node), handling(node));
    if is_of_one_graph(node) {
        return quote!(<__Handler as #krate::node::Node<#state, #graph>>);
    }
    quote!(<<__Handling as #handling>::Handler as #krate::node::Node<#state, #graph>>)
}

/// The types of its input, update and route: `(), __Update, __Route`
fn ended(node: &Node<'_>) -> TokenStream {
    let input = node.input().map_or_else(|| quote!(()), ToTokens::to_token_stream);
    quote!(#input, __Update, __Route)
}
