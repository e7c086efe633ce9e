//! The body of `run`: the call of the function, within its cache and error handler.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::types::locals;
use super::{cache, handler, lent};
use crate::node::model::Node;
use crate::probe::Probe;

/// The checks of the policies, and the body:
///
/// ```text
/// async move { <__Output as Output<ReportState>>::into_result(plan(state).await) }
/// ```
pub(super) fn of(node: &Node<'_>, output: &TokenStream, state: &TokenStream) -> (TokenStream, TokenStream) {
    let krate = &node.krate;
    let [input, borrowed, context] = locals();
    let input = node.input().is_some().then(|| quote!(#input,));
    let lone = lent::lone_argument(node, &borrowed, &context).map(|lone| quote!(#lone,));
    let context = node.takes_context().then(|| {
        let context = lent::argument(node, &context);
        quote!(#context,)
    });
    let borrowed = node.state().is_some().then(|| quote!(#borrowed,));
    // rustc reports a future that is not `Send` at the function.
    let (ident, span) = (node.ident, node.ident.span());
    let wait = node.is_async.then(|| quote_spanned!(span=> .await));
    let call = quote_spanned!(span=> #ident(#input #lone #borrowed #context)#wait);
    let classified = classified(node);
    let ended =
        quote_spanned!(span=> <#output as #krate::__private::NodeReturn<#state>>::into_result(#call) #classified);
    let (checks, ended) = match &node.policy.cache {
        Some(cache) => cache::around(node, cache, output, &ended),
        None => (TokenStream::new(), ended),
    };
    let Some(handler) = &node.policy.on_error else {
        return (checks, quote_spanned!(span=> async move { #ended }));
    };
    let (handler_checks, early_return) = (handler::checks(node, handler), handler::early_return(node));
    (quote!(#checks #handler_checks), quote_spanned!(span=> async move { #early_return #ended }))
}

/// `.map_err(<ErrorProbe<<__Outcome as Outcome>::Error> as ClassifyError<{ .. }>>::classify)`: the error's own type may
/// decide whether it is retried.
fn classified(node: &Node<'_>) -> TokenStream {
    let krate = &node.krate;
    let probe = Probe::new(krate, quote!(ErrorProbe), quote!(<__Outcome as #krate::state::Outcome>::Error));
    let (ty, answer) = (probe.ty(), probe.answer());
    quote!(.map_err(<#ty as #krate::__private::ClassifyError<#answer>>::classify))
}
