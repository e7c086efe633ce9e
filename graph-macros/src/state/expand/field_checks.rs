//! The checks that a field is what it is spelled as.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Ident, Type};

use crate::primitive::is_primitive;
use crate::span::of_path;
use crate::state::known_reducers::surely_fits;
use crate::state::model::{Field, Rule, State};
use crate::state::types::update_ident;
use crate::state::write_names::field_type;
use crate::text;

/// ```text
/// const _: () = is_plain(FieldFacts { name: "log", ty: "Lines", is_late: LateProbe::<<..>::Type>::YES, .. });
/// const _: () = is_late("joke", <ChatStateWrite::__Joke as FieldType>::IS_LATE);
/// const _: () = overwrites("notes", <Overwrite as Reducer<<ChatStateWrite::__Notes as FieldType>::Type>>::FOLDS);
/// ```
///
/// The type is asked for by its marker: rustc reports an unknown type once more for each constant that names it.
///
/// rustc reports an error of such a check at the field.
pub(super) fn checks(state: &State) -> TokenStream {
    let krate = &state.krate;
    let checks = state.written().filter_map(|(_, field)| {
        let (span, name, field_type) = (field.ident.span(), &field.name, field_type(state, field));
        match &field.rule {
            Rule::Late(_) => Some(quote_spanned!(span=>
                const _: () = __is_late(#name, #field_type::IS_LATE);)),
            Rule::Overwrite => match &field.overwrite {
                Some(path) => {
                    let span = of_path(path);
                    Some(quote_spanned!(span=>
                        const _: () = __overwrites(#name, <#path as #krate::state::Reducer<#field_type::Type>>::FOLDS);))
                }
                None if is_surely_plain(&field.ty) || field.is_broken => None,
                None => {
                    let facts = facts(field, &quote!(#field_type::Type));
                    Some(quote_spanned!(span=> const _: () = __is_plain(#facts);))
                }
            },
            Rule::Reduce(_) => None,
        }
    });
    let shared = shared(state);
    // rustc reports errors of a call at its first token, which must not be the path of graph-core.
    quote! {
        // Unused where no field asks.
        #[allow(unused_imports)]
        use #krate::__private;
        // Unused where every type is known by its spelling.
        #[allow(unused_imports)]
        use __private::{is_late as __is_late, is_plain as __is_plain, overwrites as __overwrites};
        #(#checks)*
        #shared
    }
}

/// ```text
/// const _: fn(ChatState) = |ChatState { log, .. }| { __must_be_shareable(&log); .. };
/// const _: fn(ChatStateUpdate) = |ChatStateUpdate { log, .. }| { __must_be_shareable(&log); .. };
/// ```
///
/// What a reducer takes may be another type than the field's, so its slot is asked too. With a `state` in the argument,
/// rustc would report at the derive.
fn shared(state: &State) -> TokenStream {
    let held = state.fields.iter().filter(|field| !is_surely_plain(&field.ty));
    let written = state.fields.iter().filter(|field| match &field.rule {
        Rule::Reduce(path) => !surely_fits(path, &field.ty),
        Rule::Overwrite | Rule::Late(_) => false,
    });
    let asked = |of: &Ident, fields: Vec<&Field>| {
        if fields.is_empty() {
            return None;
        }
        let bound = fields.iter().map(|Field { ident, .. }| ident);
        let asked =
            fields.iter().map(|Field { ident, .. }| quote_spanned!(ident.span()=> __must_be_shareable(&#ident);));
        Some(quote!(const _: fn(#of) = |#of { #(#bound,)* .. }| { #(#asked)* };))
    };
    let (held, written) = (asked(&state.ident, held.collect()), asked(&update_ident(state), written.collect()));
    quote! {
        // Unused where every type is known to be shareable.
        #[allow(unused_imports)]
        use __private::must_be_shareable as __must_be_shareable;
        #held
        #written
    }
}

fn facts(field: &Field, ty: &TokenStream) -> TokenStream {
    let (name, spelled) = (&field.name, text::of(&field.ty));
    let fits = ["Append", "Merge", "Union"].map(|name| syn::Ident::new(name, proc_macro2::Span::call_site()));
    quote! {
        __private::FieldFacts {
            name: #name,
            ty: #spelled,
            is_late: __private::LateProbe::<#ty>::YES,
            is_managed: __private::ManagedProbe::<#ty>::YES,
            is_collection: __private::CollectionProbe::<#ty>::YES,
            fits: [#(__private::ReducerProbe::<__private::reducers::#fits, #ty>::YES),*],
        }
    }
}

/// The reducer in the table of fields: none for a field that a write replaces.
pub(super) fn reducer_in_table(state: &State, field: &Field) -> TokenStream {
    let (krate, ty) = (&state.krate, &field.ty);
    match &field.rule {
        Rule::Reduce(path) => {
            let (name, reducer) = (text::of(path), crate::state::types::reducer(state, field));
            quote!(#krate::__private::if_it_folds(#reducer::FOLDS, #name))
        }
        _ if field.managed => quote!(::core::option::Option::None),
        Rule::Overwrite if field.overwrite.is_none() && !field.is_broken && !is_surely_plain(ty) => {
            let held = field_type(state, field);
            quote!(#krate::__private::unsaid(#krate::__private::CollectionProbe::<#held::Type>::YES))
        }
        Rule::Overwrite | Rule::Late(_) => quote!(::core::option::Option::None),
    }
}

/// Whether a type is surely neither late nor a collection: a number, a truth value, a text. It needs no check.
fn is_surely_plain(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => is_surely_plain(&group.elem),
        Type::Path(path) => path.path.get_ident().is_some_and(|ident| ident == "String" || is_primitive(ident)),
        other => matches!(other, Type::Reference(_)) || other.to_token_stream().is_empty(),
    }
}
