//! The type of a node or a graph.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Ident, Visibility};

/// ```text
/// struct plan {}
/// pub struct plan<__P = (ReportState, Plan)> { _p: PhantomData<fn() -> __P> }
/// ```
///
/// A trait's impl may name a type in an associated type only if that is as visible as what is named before it. So a
/// visible type brings the types that its impls name with it: `plan` means `plan<(ReportState, Plan)>`.
///
/// Spanned at the name, where rustc reports a second item of that name.
pub(crate) fn marker(vis: &Visibility, ident: &Ident, named: &[TokenStream]) -> TokenStream {
    let span = ident.span();
    if matches!(vis, Visibility::Inherited) {
        return quote_spanned!(span=> struct #ident {});
    }
    let vis = at(vis.to_token_stream(), span);
    let held = quote!(_p: ::core::marker::PhantomData<fn() -> __P>);
    quote_spanned!(span=> #vis struct #ident<__P = (#(#named,)*)> { #held })
}

/// `<__P>` for the impls for whatever it brings, if it brings any.
pub(crate) fn parameter(vis: &Visibility) -> TokenStream {
    if matches!(vis, Visibility::Inherited) { TokenStream::new() } else { quote!(<__P>) }
}

/// The tokens, at this place.
pub(crate) fn at(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            // The path in `pub(in ..)` is the user's.
            if !matches!(token, TokenTree::Group(_)) {
                token.set_span(span);
            }
            token
        })
        .collect()
}
