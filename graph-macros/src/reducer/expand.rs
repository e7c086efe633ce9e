//! The type beside a reducer's function, and its impls.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Ident;

use super::model::Reducer;
use crate::crate_path::CratePath;
use crate::function::Function;
use crate::marker::marker;
use crate::span::of_path;

/// ```text
/// pub struct keep_longest {}
/// const _: () = {
///     impl Reducer<String> for keep_longest {
///         type Input = String;
///         fn reduce(current: &mut String, input: String) { keep_longest(current, input) }
///     }
///     impl Combine<String> for keep_longest { .. } // with `combine = ..`
/// };
/// ```
pub(super) fn reducer(reducer: &Reducer<'_>) -> TokenStream {
    let Reducer { krate, docs, cfgs, ident, generics, field, input, combine, .. } = reducer;
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
    let marker = visible(reducer);
    quote! {
        #(#cfgs)*
        #(#docs)*
        #[doc = ""]
        #[doc = #doc]
        #[allow(non_camel_case_types, missing_debug_implementations, unreachable_pub, private_interfaces)]
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

/// ```text
/// pub struct keep_longest {}
/// pub struct keep_longest<__P = (Vec<Remark>,)> { _p: PhantomData<fn() -> __P> } // its input is not its field's type
/// ```
///
/// The type is visible even if its function is not: rustc allows no private type in what a write of a visible state is
/// made of. A private input comes with it.
fn visible(reducer: &Reducer<'_>) -> TokenStream {
    let Reducer { vis, ident, generics, field, input, .. } = reducer;
    let public = syn::Visibility::Public(<syn::Token![pub]>::default());
    let is_same = field.to_token_stream().to_string() == input.to_token_stream().to_string();
    if is_same {
        quote_spanned!(ident.span()=> pub struct #ident {})
    } else if generics.params.is_empty() {
        marker(&public, ident, &[input.to_token_stream()])
    } else {
        // The input may name the parameters of the function.
        quote_spanned!(ident.span()=> #vis struct #ident {})
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
