//! The module of a state's writes: a type for each field, which a node that writes it returns.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};

use crate::marker::at;
use crate::state::model::{Rule, State};
use crate::state::types::{assumed, writes_ident, written_type};
use crate::state::visibility::{inside, narrower};
use crate::state::write_names::marker;

/// ```text
/// pub mod ChatStateWrite {
///     pub struct Summary(pub <__Summary as FieldType>::Type);
///     pub struct __Summary;
/// }
/// const _: () = {
///     impl FieldType for ChatStateWrite::__Summary { type Type = String; }
///     write_data! { ChatStateWrite::Summary __Summary "Summary" summary "summary" ["summary"] 1 ChatState }
/// };
/// ```
///
/// The module could not name the type of a field: its own items may have the same name, and in a function its `super`
/// is the module around the function. So an impl outside names it, where the state stands. The marker is as visible as
/// the write, or rustc would find it in the write's signature and reject each use of the write.
pub(super) fn module(state: &State) -> TokenStream {
    if state.written().next().is_none() {
        return TokenStream::new();
    }
    let (krate, ident, vis, module) = (&state.krate, &state.ident, &state.vis, writes_ident(state));
    let doc = format!(
        "The writes of [`{ident}`], one for each field: what a node returns that writes it. A tuple of them writes \
         several fields, an `Option` of one may write its field."
    );
    let items = state.written().map(|(_, field)| {
        let write = &field.write;
        let (marker, vis) = (marker(write), inside(&narrower(vis, &field.vis)));
        let doc = match &field.rule {
            Rule::Overwrite | Rule::Late(_) => format!("Writes `{}`.", field.name),
            Rule::Reduce(_) => format!("Writes `{}`, which its reducer folds in.", field.name),
        };
        let span = write.span();
        let vis = at(vis.to_token_stream(), span);
        let ty = quote!(<#marker as #krate::__private::FieldType>::Type);
        // Spanned at the field, where rustc points at the item.
        let (item, hidden) =
            (quote_spanned!(span=> #vis struct #write(#vis #ty);), quote_spanned!(span=> #vis struct #marker;));
        quote! {
            #[doc = #doc]
            #item
            #[doc(hidden)]
            #[allow(missing_debug_implementations)]
            #hidden
        }
    });
    let assumed = assumed(state);
    let impls = state.written().map(|(index, field)| {
        let write = &field.write;
        let (marker, title, written) = (marker(write), write.to_string(), written_type(state, field));
        let (own, json, keys) = (&field.ident, state.json(field), state.keys(field));
        let is_late = matches!(field.rule, Rule::Late(_)).then(|| {
            let ty = &field.ty;
            quote!(const IS_LATE: bool = #krate::__private::LateProbe::<#ty>::YES;)
        });
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        let deserialize = (!field.is_borrowed())
            .then(|| quote!(#krate::__private::write_deserialize! { #module::#write #marker #title [#(#keys)*] }));
        // `<>` stops rustc from suggesting a type parameter for an unknown type.
        quote! {
            impl<> #krate::__private::FieldType for #module::#marker {
                type Type = #written;
                #is_late
            }
            #krate::__private::write_data! { #module::#write #marker #title #own #json [#(#keys)*] #index #ident [#assumed] }
            #deserialize
        }
    });
    quote! {
        #[doc = #doc]
        #[allow(non_snake_case, non_camel_case_types, dead_code)]
        #vis mod #module { #(#items)* }

        const _: () = {
            // Unused if no field is spelled `Late`.
            #[allow(unused_imports)]
            use #krate::__private::No as _;
            #(#impls)*
        };
    }
}
