//! A node whose errors another function handles.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Ident, Path};

use super::expand::{graph_type, parameters, route, state_type};
use super::model::{Context, Node};

/// What stands for the handler, and that it fits:
///
/// ```text
/// type __Handles = apologize;
/// const _: () = must_handle::<__Handles, (), Answered, ()>();
/// type __Fitting = <HandlerProbe<__Handles, (), Answered, ()> as Select<{ .. }>>::Type;
/// /* and that it is a node of the graphs that the node is one of */
/// ```
pub(super) fn checks(node: &Node<'_>, handler: &Path) -> TokenStream {
    let (krate, ended) = (&node.krate, ended(node));
    // The same names at the user's token, which is where rustc then points.
    let at_handler = Ident::new("__Handles", span(handler));
    let must_handle = quote!(#krate::__private::must_handle);
    let check = quote_spanned!(span(handler)=> const _: () = #must_handle::<#at_handler, #ended>(););
    let probe = quote!(#krate::__private::HandlerProbe);
    let chosen = if is_of_one_graph(node) { of_one_graph(node, handler) } else { of_any_graph(node) };
    quote! {
        type __Handles = #handler;
        #check
        type __Fitting = <#probe<__Handles, #ended> as #krate::__private::Select<{
            // Unused where the probe finds what it looks for.
            #[allow(unused_imports)]
            use #krate::__private::No as _;
            #probe::<__Handles, #ended>::YES
        }>>::Type;
        #chosen
    }
}

/// Whether the node is one of one graph and one state: then a probe can tell whether the handler is, too.
fn is_of_one_graph(node: &Node<'_>) -> bool {
    node.state.is_some() && matches!(node.context, Some(Context::Of(_)))
}

/// ```text
/// const _: () = must_be_node::<__Handles, ChatState, ChatGraph>();
/// type __Handler = <NodeProbe<__Fitting, ChatState, ChatGraph> as Select<{ .. }>>::Type;
/// ```
fn of_one_graph(node: &Node<'_>, handler: &Path) -> TokenStream {
    let (krate, state, graph) = (&node.krate, state_type(node), graph_type(node));
    let must_be_node = quote!(#krate::__private::must_be_node);
    let at_handler = Ident::new("__Fitting", span(handler));
    let check = quote_spanned!(span(handler)=> const _: () = #must_be_node::<#at_handler, #state, #graph>(););
    let probe = quote!(#krate::__private::NodeProbe);
    quote! {
        #check
        type __Handler = <#probe<__Fitting, #state, #graph> as #krate::__private::Select<{
            // Unused where the probe finds what it looks for.
            #[allow(unused_imports)]
            use #krate::__private::No as _;
            #probe::<__Fitting, #state, #graph>::YES
        }>>::Type;
    }
}

/// ```text
/// struct __Handling;
/// impl<__G: Graph> Handling<ChatState, __G, (), Answered, ()> for __Handling where __Fitting: Node<ChatState, __G> {
///     type Handler = __Fitting;
/// }
/// ```
///
/// The struct is there for bounds to name it: a bound that names a handler which does not exist makes rustc doubt the
/// whole impl.
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

/// `__Handling: Handling<ChatState, __G, (), Answered, ()>`: the node is one of the graphs that its handler is one of.
pub(super) fn bound(node: &Node<'_>) -> Option<TokenStream> {
    let handling = handling(node);
    (!is_of_one_graph(node)).then(|| quote!(__Handling: #handling))
}

/// What the body begins with:
///
/// ```text
/// if let Some(__failure) = failure_of(cx, &input) {
///     return <.. as Node<ChatState, __G>>::run(__failure, state, cx).await;
/// }
/// ```
pub(super) fn turn(node: &Node<'_>) -> TokenStream {
    let (krate, as_node) = (&node.krate, as_node(node));
    quote! {
        if let ::core::option::Option::Some(__failure) = #krate::__private::failure_of(cx, &input) {
            return #as_node::run(__failure, state, cx).await;
        }
    }
}

/// `handled_by(NodeInfo { .. }, <.. as Node<ChatState, __G>>::INFO)`
pub(super) fn info(node: &Node<'_>, handler: &Path, info: &TokenStream) -> TokenStream {
    let (krate, as_node) = (&node.krate, as_node(node));
    // A call is shown where its first token is: a name of the user's place, not the path, which is no place of his.
    let call = quote_spanned!(span(handler)=> __handled_by(#info, #as_node::INFO));
    quote!({ use #krate::__private::handled_by as __handled_by; #call })
}

/// `Handling<ChatState, __G, (), Answered, ()>`
fn handling(node: &Node<'_>) -> TokenStream {
    let (krate, state, graph, ended) = (&node.krate, state_type(node), graph_type(node), ended(node));
    quote!(#krate::__private::Handling<#state, #graph, #ended>)
}

/// `<<__Handling as Handling<ChatState, __G, (), Answered, ()>>::Handler as Node<ChatState, __G>>`
fn as_node(node: &Node<'_>) -> TokenStream {
    let (krate, state, graph, handling) = (&node.krate, state_type(node), graph_type(node), handling(node));
    if is_of_one_graph(node) {
        return quote!(<__Handler as #krate::node::Node<#state, #graph>>);
    }
    quote!(<<__Handling as #handling>::Handler as #krate::node::Node<#state, #graph>>)
}

/// What the node takes, writes, and where it goes: `(), Answered, ()`.
fn ended(node: &Node<'_>) -> TokenStream {
    let input = node.input.map_or_else(|| quote!(()), ToTokens::to_token_stream);
    let update = node.update().map_or_else(|| quote!(()), ToTokens::to_token_stream);
    let route = route(node);
    quote!(#input, #update, #route)
}

fn span(handler: &Path) -> Span {
    handler.segments.last().map_or_else(Span::call_site, |last| last.ident.span())
}
