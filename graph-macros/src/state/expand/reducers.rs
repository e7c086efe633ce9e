//! Reducers that graph-core does not bring.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;

use crate::probe::Probe;
use crate::span::of_path;
use crate::state::known_reducers::{known, surely_fits};
use crate::state::model::{Rule, State};
use crate::state::types::reducer_alias;

/// The aliases of the reducers of which only rustc knows whether they fit:
///
/// ```text
/// type __ChatState_longestNamed = keep_longest;
/// type __ChatState_longest = <ReducerProbe<__ChatState_longestNamed, String> as Select<{ .. }>>::Type;
/// const _: () = { let _ = <__ChatState_longestNamed as Reducer<String>>::reduce; };
/// const _: () = <Append as SameReducer<graph_core::state::Append>>::IS;
/// ```
///
/// rustc reports a reducer that does not fit at the constant.
pub(super) fn aliases(state: &State) -> TokenStream {
    let krate = &state.krate;
    let mut checked = Vec::new();
    let types = state.fields.iter().filter_map(|field| {
        let (ty, alias) = (&field.ty, reducer_alias(state, field));
        let Rule::Reduce(path) = &field.rule else { return None };
        let span = of_path(path);
        if surely_fits(path, ty) {
            // Once for each reducer.
            if checked.contains(&path) {
                return None;
            }
            checked.push(path);
            let known = known(krate, path);
            let required = quote_spanned!(span=> <#path as #krate::__private::SameReducer<#known>>::IS);
            return Some(quote!(const _: () = #required;));
        }
        let named = Ident::new(&format!("{alias}Named"), span);
        let required = quote_spanned!(span=> <#named as #krate::state::Reducer<#ty>>::reduce);
        let reducer_or_stub = Probe::new(krate, quote!(ReducerProbe), quote!(#named, #ty)).type_or_stub();
        Some(quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #named = #path;
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            type #alias = #reducer_or_stub;
            const _: () = {
                let _ = #required;
            };
        })
    });
    quote!(#(#types)*)
}
