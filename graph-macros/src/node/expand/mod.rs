//! The items of a node.
mod body;
mod cache;
mod handler;
mod item;
mod lent;
mod outcome;
mod types;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;

use self::item::{Parts, item};
use self::types::{locals, state_type};
use super::model::{Node, Parameter};
use crate::crate_path::CratePath;
use crate::function::Function;
use crate::probe::Probe;
use crate::state_pattern::Rebound;

/// ```text
/// struct plan {}
/// const _: () = {
///     type __State = <StateProbe<ReportState> as Select<{ .. }>>::Type;
///     type __Return<> = NodeResult<Plan>;
///     type __Outcome = <OutcomeProbe<__Return> as Select<{ .. }>>::Type;
///     type __Update = <__Outcome as Outcome>::Update;
///     type __Route = <__Outcome as Outcome>::Route;
///     const _: () = <__Return as NodeOutput<ReportState>>::IS_OUTPUT;
///     type __Output = <OutputProbe<__Return, __Update, __Route, ReportState> as Select<{ .. }>>::Type;
///     const _: () = writes_once::<__State, __Output>();
///     impl NodeFn for plan { type Input = (); type Update = __Update; type Route = __Route; }
///     impl<__G: Graph> Node<ReportState, __G> for plan where for<'__any> ReportState: Shareable {
///         const INFO: NodeInfo = NodeInfo { name: "plan", reads: .., writes: .., .. };
///         type Output = __Output;
///         fn run(input: (), state: &ReportState, cx: &Context<__G>) -> impl Future<Output = NodeResult<(__Update, __Route)>> + Send {
///             async move { <__Output as NodeReturn<ReportState>>::into_result(plan(state).await) }
///         }
///     }
/// };
/// ```
pub(super) fn node(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    if node.returned.is_none() {
        return stub(node);
    }
    let (state, state_alias, aliases) = (state_type(node), state_alias(node), outcome::aliases(node));
    let (returned, span) = (outcome::at_return(node), outcome::span(node));
    let handler = node.policy.on_error.as_deref();
    let mut bounds: Vec<_> = handler.and_then(|_| handler::bound(node)).into_iter().collect();

    bounds.extend(lent::bound(node).into_iter().chain(lent::lone_bound(node)));
    let lent = lent::checks(node).or_else(|| lent::lone(node));

    let (required, output) = if node.state().is_none() {
        // A node without a state is a node over every state that its update belongs to. This bound says so.
        bounds.insert(0, quote!(__Outcome: #krate::__private::Returns<#state, Update = __Update, Route = __Route>));
        let as_outcome = quote_spanned!(span=> <#returned as #krate::state::Outcome>);
        let required = quote_spanned!(span=> const _: bool = #as_outcome::ROUTES;);
        (required, quote!(#krate::__private::RealOutput<__Outcome>))
    } else {
        let as_output = quote_spanned!(span=> <#returned as #krate::state::NodeOutput<#state>>);
        let output_or_stub =
            Probe::new(krate, quote!(OutputProbe), quote!(__Return, __Update, __Route, #state)).type_or_stub();
        let required = quote_spanned!(span=> const _: () = #as_output::IS_OUTPUT;);
        // rustc reports errors of a call at its first token, which must not be the path of graph-core.
        let once = quote_spanned!(span=> const _: () = __writes_once::<__State, __Output>(););
        let checks = quote! {
            #required
            type __Output = #output_or_stub;
            use #krate::__private::writes_once as __writes_once;
            #once
        };
        (checks, quote!(__Output))
    };
    let (checks, body) = body::of(node, &output, &state);
    let checks = quote!(#state_alias #aliases #lent #required #checks);
    item(node, &Parts { checks, output, body, bounds, handler })
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
    let (state_alias, aliases) = (state_alias(node), outcome::aliases(node));
    let output = quote!(#krate::__private::StubOutput<(), __Update, __Route>);
    let [input, state, cx] = locals();
    let body = quote!(async move { let _ = (#input, #state, #cx); #krate::__private::never() });
    item(node, &Parts { checks: quote!(#state_alias #aliases), output, body, bounds: Vec::new(), handler: None })
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
