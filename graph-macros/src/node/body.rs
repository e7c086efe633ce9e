//! What a task of a node does: the call of its function, and what its policies put around it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::model::Node;
use super::{cache, handler};

/// The checks that its policies need, and the body:
///
/// ```text
/// async move { <__Output as Output<ReportState>>::into_result(plan(state).await) }
/// ```
pub(super) fn of(node: &Node<'_>, output: &TokenStream, state: &TokenStream) -> (TokenStream, TokenStream) {
    let krate = &node.krate;
    // A value of the caller's argument types, in the function's order.
    let input = node.input.is_some().then(|| quote!(input,));
    let context = node.context.is_some().then(|| quote!(cx,));
    let borrowed = node.state.is_some().then(|| quote!(state,));
    // A future that cannot be sent is the function's, not the attribute's.
    let (ident, span) = (node.ident, node.ident.span());
    let wait = node.is_async.then(|| quote_spanned!(span=> .await));
    let call = quote_spanned!(span=> #ident(#input #borrowed #context)#wait);
    let asked = asked(node);
    let ended = quote_spanned!(span=> <#output as #krate::__private::NodeReturn<#state>>::into_result(#call) #asked);
    let (checks, ended) = match &node.policy.cache {
        Some(cache) => cache::around(node, cache, &ended),
        None => (TokenStream::new(), ended),
    };
    let Some(handler) = &node.policy.on_error else {
        return (checks, quote_spanned!(span=> async move { #ended }));
    };
    let (handler_checks, turn) = (handler::checks(node, handler), handler::turn(node));
    (quote!(#checks #handler_checks), quote_spanned!(span=> async move { #turn #ended }))
}

/// `.map_err(<ErrorProbe<ShopError> as Asked<{ .. }>>::classify)`: an error of its own may say itself if it is tried again.
fn asked(node: &Node<'_>) -> Option<TokenStream> {
    let (krate, error) = (&node.krate, node.error()?);
    let probe = quote!(#krate::__private::ErrorProbe);
    Some(quote! {
        .map_err(<#probe<#error> as #krate::__private::ClassifyError<{
            // Unused where the probe finds what it looks for.
            #[allow(unused_imports)]
            use #krate::__private::No as _;
            #probe::<#error>::YES
        }>>::classify)
    })
}
