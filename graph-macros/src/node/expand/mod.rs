//! The items of a node.
mod body;
mod cache;
mod handler;
mod item;
mod types;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::Ident;

use self::item::{Parts, item};
use self::types::{route, state_type};
use super::model::{Node, Parameter};
use crate::crate_path::CratePath;
use crate::function::Function;
use crate::probe::Probe;
use crate::span::of_type;
use crate::state_pattern::Rebound;

/// ```text
/// struct plan {}
/// const _: () = {
///     type __State = <StateProbe<ReportState> as Select<{ .. }>>::Type;
///     type __Return = NodeResult<Plan>;
///     const _: fn(__Return) -> NodeResult<(Plan, ())> = <__Return as NodeOutput<ReportState>>::into_result;
///     type __Output = <OutputProbe<__Return, Plan, (), ReportState> as Select<{ .. }>>::Type;
///     impl NodeFn for plan { type Input = (); type Update = Plan; type Route = (); }
///     impl<__G: Graph> Node<ReportState, __G> for plan {
///         const INFO: NodeInfo = NodeInfo { name: "plan", reads: .., writes: .., .. };
///         type Output = __Output;
///         fn run(input: (), state: &ReportState, cx: &Context<__G>) -> impl Future<Output = NodeResult<(Plan, ())>> + Send {
///             async move { <__Output as Output<ReportState>>::into_result(plan(state).await) }
///         }
///     }
/// };
/// ```
pub(super) fn node(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    let (Some(returned), Some(update)) = (node.returned, node.update()) else { return stub(node) };
    let state = state_type(node);
    let (state_alias, route) = (state_alias(node), route(node));
    let handler = node.policy.on_error.as_deref();

    if node.state().is_none() {
        // A node without a state is a node over every state that its update belongs to. This bound says so.
        let output = quote!(#krate::__private::RealOutput<#returned>);
        let (checks, body) = body::of(node, &output, &state);
        let mut bounds = vec![quote!(#returned: #krate::__private::Returns<#state, Update = #update, Route = #route>)];
        bounds.extend(handler.and_then(|_| handler::bound(node)));
        let update = update.to_token_stream();
        return item(node, &Parts { checks, output, update, body, bounds, handler });
    }

    let as_output = quote_spanned!(of_type(returned)=> <#returned as #krate::state::NodeOutput<#state>>);
    let required = quote_spanned!(of_type(returned)=> #as_output::into_result);
    let output_or_stub =
        Probe::new(krate, quote!(OutputProbe), quote!(#returned, #update, #route, #state)).type_or_stub();
    let choice = quote! {
        #state_alias
        const _: fn(#returned) -> #krate::__private::NodeResult<(#update, #route)> = #required;
        type __Output = #output_or_stub;
    };
    let output = quote!(__Output);
    let (checks, body) = body::of(node, &output, &state);
    let bounds = handler.and_then(|_| handler::bound(node));
    let (checks, update) = (quote!(#choice #checks), update.to_token_stream());
    item(node, &Parts { checks, output, update, body, bounds: bounds.into_iter().collect(), handler })
}

/// The function with what its state's pattern binds; `None` if it stays as it is.
pub(super) fn function(node: &Node<'_>, function: &Function) -> Option<TokenStream> {
    let (index, state) = node.parameters.iter().enumerate().find_map(|(index, parameter)| match parameter {
        Parameter::State(state) => Some((index, state)),
        _ => None,
    })?;
    let index = index + usize::from(node.is_method);
    Rebound::of(state.pattern, &node.krate).map(|rebound| function.with(index, &rebound))
}

/// The type and impls of a node with errors, for its state or any, so that graphs report no errors about it.
pub(super) fn stub(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    let update = node.update().map_or_else(|| quote!(()), ToTokens::to_token_stream);
    let route = route(node);
    let output = quote!(#krate::__private::StubOutput<(), #update, #route>);
    let body = quote!(async move { let _ = (input, state, cx); #krate::__private::never() });
    item(node, &Parts { checks: state_alias(node), output, update, body, bounds: Vec::new(), handler: None })
}

/// Makes a type under `#[node]` a node of every graph.
pub(crate) fn stub_for_type(ident: &Ident) -> TokenStream {
    let krate = CratePath::default();
    let stub = quote!(<#krate::__private::StubNode<#ident> as #krate::node::Node<__S, __G>>);
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #krate::node::NodeFn for #ident {
                type Input = ();
                type Update = ();
                type Route = ();
            }

            #[automatically_derived]
            impl<__S: #krate::state::State, __G: #krate::graph::Graph> #krate::node::Node<__S, __G> for #ident {
                const INFO: #krate::node::NodeInfo = #stub::INFO;
                type Output = #krate::__private::StubOutput<(), ()>;

                async fn run(_: (), _: &__S, _: &#krate::context::Context<__G>) -> #krate::__private::NodeResult<((), ())> {
                    #krate::__private::never()
                }
            }
        };
    }
}

/// `type __State`: the state, or a stub if it is no state, which the graph reports.
fn state_alias(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    let alias = node.state().map(|state| {
        let state = &state.reference.elem;
        let state_or_stub = Probe::new(krate, quote!(StateProbe), state).type_or_stub();
        quote!(type __State = #state_or_stub;)
    });
    alias.unwrap_or_default()
}
