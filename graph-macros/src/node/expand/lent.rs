//! A context under another name: the type decides what it is.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, Type};

use super::types::{graph_type, state_type};
use crate::node::check::ORDER;
use crate::node::model::Node;
use crate::span::of_type;
use crate::text;

/// ```text
/// type __Cx<> = StoryContext;
/// type __IsContext = Is<{ ContextProbe::<__Cx>::YES }>;
/// const _: () = is_context("StoryContext", "a node takes, ..", ContextProbe::<__Cx>::YES);
/// ```
///
/// The check is reported at the user's type.
pub(super) fn checks(node: &Node<'_>) -> Option<TokenStream> {
    let krate = &node.krate;
    let ty = node.lent()?;
    let spelled = text::of(ty);
    let check = quote_spanned!(of_type(ty)=> __is_context(#spelled, #ORDER, __IS_CONTEXT));
    let asked = asked(node, ty);
    Some(quote! {
        #asked
        use #krate::__private::is_context as __is_context;
        const _: () = #check;
    })
}

/// ```text
/// type __Cx<> = StoryContext;
/// const __IS_CONTEXT: bool = ContextProbe::<__Cx>::YES;
/// ```
fn asked(node: &Node<'_>, ty: &Type) -> TokenStream {
    let krate = &node.krate;
    quote! {
        type __Cx<> = #ty;
        const __IS_CONTEXT: ::core::primitive::bool = {
            // Unused if the answer is yes.
            #[allow(unused_imports)]
            use #krate::__private::No as _;
            #krate::__private::ContextProbe::<__Cx>::YES
        };
    }
}

/// What an only reference is asked: its state or its context, see `Lone` in graph-core.
pub(super) fn lone(node: &Node<'_>) -> Option<TokenStream> {
    node.lone().map(|ty| asked(node, ty))
}

/// `__Cx: Lone<__S, __G, Is<__IS_CONTEXT>>`
pub(super) fn lone_bound(node: &Node<'_>) -> Option<TokenStream> {
    node.lone()?;
    let as_lone = as_lone(node);
    Some(quote!(__Cx: #as_lone))
}

/// `<__Cx as Lone<__S, __G, Is<__IS_CONTEXT>>>::lend(state, cx)`
pub(super) fn lone_argument(node: &Node<'_>, state: &Ident, context: &Ident) -> Option<TokenStream> {
    node.lone()?;
    let as_lone = as_lone(node);
    Some(quote!(<__Cx as #as_lone>::lend(#state, #context)))
}

fn as_lone(node: &Node<'_>) -> TokenStream {
    let (krate, state, graph) = (&node.krate, state_type(node), graph_type(node));
    quote!(#krate::__private::Lone<#state, #graph, #krate::__private::Is<__IS_CONTEXT>>)
}

/// `__Cx: Lent<__G, Is<__IS_CONTEXT>>`: the node is for the graphs whose context it takes.
pub(super) fn bound(node: &Node<'_>) -> Option<TokenStream> {
    node.lent()?;
    let as_lent = lent(node);
    Some(quote!(__Cx: #as_lent))
}

/// The argument of the call: `cx`, or `<__Cx as Lent<__G, Is<__IS_CONTEXT>>>::lend(cx)`.
pub(super) fn argument(node: &Node<'_>, context: &Ident) -> TokenStream {
    if node.lent().is_none() {
        return quote!(#context);
    }
    let as_lent = lent(node);
    quote!(<__Cx as #as_lent>::lend(#context))
}

fn lent(node: &Node<'_>) -> TokenStream {
    let (krate, graph) = (&node.krate, graph_type(node));
    quote!(#krate::__private::Lent<#graph, #krate::__private::Is<__IS_CONTEXT>>)
}
