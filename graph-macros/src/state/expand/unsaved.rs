//! The names of late fields that are not saved, as types: the error of a graph that binds one names it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::state::model::{Rule, State};

/// ```text
/// pub struct joke;
/// impl FieldName for joke { type Or<__Other: FieldName> = Self; }
/// impl UnsavedField<2> for ChatState { type Name = joke; }
/// ```
///
/// Spanned at the field, where rustc points at the type.
pub(super) fn names(state: &State) -> TokenStream {
    let (krate, ident) = (&state.krate, &state.ident);
    let unsaved = state.written().filter(|(_, field)| field.untracked && matches!(field.rule, Rule::Late(_)));
    let names = unsaved.map(|(index, field)| {
        let (name, span) = (&field.ident, field.ident.span());
        let item = quote_spanned!(span=> pub struct #name;);
        quote! {
            const _: () = {
                #[allow(non_camel_case_types, unreachable_pub, missing_debug_implementations)]
                #item

                impl #krate::__private::FieldName for #name {
                    type Or<__Other: #krate::__private::FieldName> = Self;
                }

                impl #krate::__private::UnsavedField<#index> for #ident {
                    type Name = #name;
                }
            };
        }
    });
    quote!(#(#names)*)
}
