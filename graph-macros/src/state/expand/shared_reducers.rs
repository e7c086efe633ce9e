//! Reducers of shared fields: a subgraph's state and its parent's fold a field in the same way.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use crate::state::model::{Field, Rule, State};
use crate::state::types::reducer_type;
use crate::text;

/// For a parent: which reducer folds which field.
///
/// ```text
/// impl FoldedBy<2, Append> for ChatState {}
/// ```
pub(super) fn declared(state: &State) -> TokenStream {
    let (krate, ident) = (&state.krate, &state.ident);
    let impls = state.reduced().map(|(index, field)| {
        let reducer = reducer_type(state, field);
        quote! {
            #[automatically_derived]
            impl<> #krate::__private::FoldedBy<#index, #reducer> for #ident {}
        }
    });
    quote!(#(#impls)*)
}

/// For a subgraph's state, whether its parent folds each folded shared field alike, and the check that it does.
///
/// ```text
/// const __FIELD_count: usize = FieldSet::index::<__Parent>("count");
/// const __ALIKE_count: bool = is_folded_alike::<__Parent>(
///     __FIELD_count,
///     FoldedByProbe::<__Parent, __FIELD_count, Sum>::YES,
///     SameProbe::<Sum, Overwrite>::YES,
/// );
/// const _: () = folded_alike::<ChildState, __Parent>("count", "Sum", __ALIKE_count);
/// ```
///
/// rustc reports the check at the field.
pub(super) fn compared(state: &State) -> TokenStream {
    let (krate, ident) = (&state.krate, &state.ident);
    let checks = state.shared().filter_map(|(_, field)| {
        let Rule::Reduce(path) = &field.rule else { return None };
        let (name, span, reducer) = (&field.name, field.ident.span(), reducer_type(state, field));
        let (index, alike, spelled) = (format_ident!("__FIELD_{name}"), alike(field), text::of(path));
        let check = quote_spanned!(span=> __folded_alike::<#ident, __Parent>(#name, #spelled, #alike));
        Some(quote! {
            #[allow(non_upper_case_globals)]
            const #index: usize = #krate::state::FieldSet::index::<__Parent>(#name);
            #[allow(non_upper_case_globals)]
            const #alike: bool = #krate::__private::is_folded_alike::<__Parent>(
                #index,
                #krate::__private::FoldedByProbe::<__Parent, #index, #reducer>::YES,
                #krate::__private::SameProbe::<#reducer, #krate::state::Overwrite>::YES,
            );
            const _: () = #check;
        })
    });
    // rustc reports errors of a call at its first token, which must not be the path of graph-core.
    quote! {
        // Unused where no shared field is folded, or where the probes succeed.
        #[allow(unused_imports)]
        use #krate::__private::{No as _, folded_alike as __folded_alike};
        #(#checks)*
    }
}

/// `__ALIKE_count`
pub(super) fn alike(field: &Field) -> Ident {
    format_ident!("__ALIKE_{}", field.name)
}
