//! The type beside a node's function.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use super::model::{Context, Node};
use crate::reads::Reads;

/// ```text
/// struct plan {}
/// const _: () = {
///     impl<__G: Graph> Node<ReportState, __G> for plan {
///         const INFO: NodeInfo = NodeInfo { name: "plan", reads: .., writes: .., .. };
///         type Input = ();
///         type Update = <Plan as NodeOutput<ReportState>>::Update;
///         fn run(input: (), state: &ReportState, cx: &Context<__G>) -> impl Future<Output = NodeResult<Self::Update>> + Send {
///             async move { NodeOutput::into_result(plan(state).await) }
///         }
///     }
/// };
/// ```
pub(super) fn node(node: &Node<'_>) -> TokenStream {
    let ident = node.ident;
    let output = node.output.map_or_else(|| quote!(()), ToTokens::to_token_stream);
    let as_output = as_output(node, &output);

    // A value of the caller's argument types, in the function's order.
    let input = node.input.is_some().then(|| quote!(input,));
    let state = node.state.is_some().then(|| quote!(state,));
    let context = node.context.is_some().then(|| quote!(cx,));
    // A future that cannot be sent is the function's, not the attribute's.
    let span = ident.span();
    let wait = node.is_async.then(|| quote_spanned!(span=> .await));
    let call = quote_spanned!(span=> #ident(#input #state #context)#wait);
    let into_result = quote_spanned!(end_span(&output)=> #as_output::into_result);
    let body = quote_spanned!(span=> async move { #into_result(#call) });

    item(node, &as_output, &quote!(#as_output::Update), &body)
}

/// What stands in for a node that could not be read: for its state, or else any, so that graphs say nothing about it.
pub(super) fn stub(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    let state = state_type(node);
    let update = quote!(<#state as #krate::state::State>::Update);
    let as_output = quote!(<#update as #krate::state::NodeOutput<#state>>);
    let body = quote!(async move { let _ = (input, state, cx); #krate::__private::never() });
    item(node, &as_output, &update, &body)
}

fn item(node: &Node<'_>, as_output: &TokenStream, update: &TokenStream, body: &TokenStream) -> TokenStream {
    if !node.is_free {
        return TokenStream::new();
    }
    let Node { krate, docs, cfgs, vis, ident, .. } = node;
    let (name, doc) = (ident.to_string(), format!("The node [`{ident}`](fn@{ident})."));
    let (state, graph) = (state_type(node), graph_type(node));
    let span = ident.span();

    let state_parameter = node.state.is_none().then(|| quote!(__S: #krate::state::State,));
    let graph_parameter = (!matches!(node.context, Some(Context::Of(_)))).then(|| quote!(__G: #krate::graph::Graph,));
    // A node that takes no state is a node over every state that its update belongs to.
    let bound = match (&node.state, node.output) {
        (None, Some(output)) => Some(quote!(where #output: #krate::state::NodeOutput<__S>)),
        _ => None,
    };
    let reads = reads(node, &state);
    let writes = quote!(<#as_output::Update as #krate::state::Update<#state>>);
    let takes_input = node.input.is_some();
    let input = node.input.map_or_else(|| quote!(()), ToTokens::to_token_stream);
    let run = quote_spanned!(span=> run);

    quote! {
        #(#cfgs)*
        #(#docs)*
        #[doc = ""]
        #[doc = #doc]
        #[allow(non_camel_case_types, missing_debug_implementations)]
        #vis struct #ident {}

        #(#cfgs)*
        const _: () = {
            #[automatically_derived]
            impl<#state_parameter #graph_parameter> #krate::node::Node<#state, #graph> for #ident #bound {
                const INFO: #krate::node::NodeInfo = #krate::node::NodeInfo {
                    name: #name,
                    reads: #reads,
                    writes: #writes::WRITES,
                    must_write: #writes::MUST_WRITE,
                    replaces: #writes::REPLACES,
                    takes_input: #takes_input,
                };
                type Input = #input;
                type Update = #update;

                #[allow(unused_variables)]
                fn #run(
                    input: #input,
                    state: &#state,
                    cx: &#krate::context::Context<#graph>,
                ) -> impl ::core::future::Future<Output = #krate::__private::NodeResult<#update>> + ::core::marker::Send
                {
                    #body
                }
            }
        };
    }
}

/// `<Plan as NodeOutput<ReportState>>`, all of it at the type's name, so that what rustc says of it, it says once.
fn as_output(node: &Node<'_>, output: &TokenStream) -> TokenStream {
    let (krate, state) = (&node.krate, state_type(node));
    quote_spanned!(end_span(output)=> <#output as #krate::state::NodeOutput<#state>>)
}

fn state_type(node: &Node<'_>) -> TokenStream {
    node.state.as_ref().map_or_else(|| quote!(__S), |(state, _)| state.to_token_stream())
}

fn graph_type(node: &Node<'_>) -> TokenStream {
    match node.context {
        Some(Context::Of(graph)) => graph.to_token_stream(),
        _ => quote!(__G),
    }
}

fn reads(node: &Node<'_>, state: &TokenStream) -> TokenStream {
    node.state.as_ref().map_or(&Reads::Nothing, |(_, reads)| reads).set(&node.krate, state)
}

/// The span of a type, as far as a stable compiler can join one: that of the name that says what it is.
fn end_span(output: &TokenStream) -> Span {
    match syn::parse2(output.clone()) {
        Ok(Type::Path(path)) => path.path.segments.last().map_or_else(Span::call_site, |last| last.ident.span()),
        _ => output.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span()),
    }
}
