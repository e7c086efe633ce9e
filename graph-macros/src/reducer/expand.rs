//! The type beside a reducer's function, and its impls.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Ident, Visibility, parse_quote};

use super::model::Reducer;
use crate::crate_path::CratePath;
use crate::function::Function;
use crate::marker::marker;
use crate::span::of_path;

/// ```text
/// pub struct keep_longest<__P = (String,)> { _p: PhantomData<fn() -> __P> }
/// const _: () = {
///     impl Reducer<String> for keep_longest {
///         type Input = String;
///         fn reduce(current: &mut String, input: String) { keep_longest(current, input) }
///     }
///     impl Combine<String> for keep_longest { .. } // with `combine = ..`
/// };
/// ```
pub(super) fn reducer(reducer: &Reducer<'_>) -> TokenStream {
    let Reducer { krate, docs, cfgs, vis, ident, generics, field, input, combine } = reducer;
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let doc = format!("The reducer [`{ident}`](fn@{ident}).");
    let call = quote_spanned!(ident.span()=> #ident(current, input));
    let combine = combine.as_ref().map(|combine| {
        let span = of_path(combine);
        let call = quote_spanned!(span=> #combine(first, then));
        quote! {
            #[automatically_derived]
            impl #impl_generics #krate::state::Combine<#field> for #ident #where_clause {
                fn combine(first: &mut #input, then: #input) {
                    #call
                }
            }
        }
    });
    // A state may be more visible than its reducer, and its writes name the reducer's input through the reducer. So the
    // type is visible whatever the function is.
    let public: Visibility = parse_quote!(pub);
    let named = generics.params.is_empty().then(|| input.to_token_stream());
    let marker = marker(&public, ident, named.as_slice());
    let hidden = (!matches!(vis, Visibility::Public(_))).then(|| quote!(#[doc(hidden)]));
    quote! {
        #(#cfgs)*
        #(#docs)*
        #[doc = ""]
        #[doc = #doc]
        #hidden
        #[allow(
            non_camel_case_types, missing_debug_implementations, dead_code, private_interfaces, unreachable_pub,
            unnameable_types
        )]
        #marker

        #(#cfgs)*
        const _: () = {
            #[automatically_derived]
            impl #impl_generics #krate::state::Reducer<#field> for #ident #where_clause {
                type Input = #input;

                fn reduce(current: &mut #field, input: #input) {
                    #call
                }
            }

            #combine
        };
    }
}

/// The type and impl of a reducer with errors. It fits every field.
pub(super) fn stub(krate: &CratePath, function: &Function) -> Option<TokenStream> {
    // No type can stand beside a method.
    if function.signature.receiver().is_some() {
        return None;
    }
    let (vis, ident) = (&function.vis, &function.signature.ident);
    let stub_impl = stub_impl(krate, ident);
    Some(quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, missing_debug_implementations)]
        #vis struct #ident {}
        #stub_impl
    })
}

/// ```text
/// impl<__T> Reducer<__T> for keep_longest { type Input = __T; .. }
/// ```
pub(super) fn stub_impl(krate: &CratePath, ident: &Ident) -> TokenStream {
    quote! {
        const _: () = {
            #[automatically_derived]
            impl<__T> #krate::state::Reducer<__T> for #ident {
                type Input = __T;

                fn reduce(_: &mut __T, _: __T) {}
            }
        };
    }
}
