//! How the fields of a state are saved.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::item_impls::is_readable;
use crate::span::of_path;
use crate::state::model::{Field, Rule, State};
use crate::state::serde_attributes::SerdeDefault;
use crate::state::types::{assumed, slot_type, update_ident, written_type};

/// ```text
/// struct __Form_at;
/// impl Form<Instant> for __Form_at {
///     fn write<S: Serializer>(value: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
///         as_seconds::serialize(value, serializer)
///     }
///     ..
/// }
/// __private::saved_fields! { ChatState ChatStateUpdate true [for<'__any> ChatState: Shareable, ..] (2, |old: &mut OldFields, from: u32| migrate(old, from)) {
///     0usize \"messages\" messages: Vec<Message>, Write<Vec<Message>, ..>, Plain;
///     1usize \"at\" at: Instant, Option<Instant>, With<__Form_at, Is<true>>, Default::default();
/// } }
/// ```
pub(super) fn fields(state: &State) -> TokenStream {
    let (krate, ident, update) = (&state.krate, &state.ident, update_ident(state));
    let saved = || state.written().filter(|(_, field)| !field.untracked);
    let forms = saved().filter(|(_, field)| field.serde.has_form()).map(|(_, field)| form(state, field));
    let fields = saved().map(|(index, field)| {
        let Field { ident, name, ty, .. } = field;
        let (slot, form) = (slot_type(state, field), form_type(state, field));
        let default = match &field.serde.default {
            None => None,
            Some(SerdeDefault::OfType) => Some(quote!(, ::core::default::Default::default())),
            Some(SerdeDefault::Function(function)) => Some(quote!(, #function())),
        };
        quote!(#index #name #ident: #ty, #slot, #form #default;)
    });
    let version = &state.version;
    // rustc reports at the function's name if it takes something else.
    let migrate = state.migrate.as_ref().map(|migrate| {
        let call = quote_spanned!(of_path(migrate)=> #migrate(old, from));
        quote!(, |old: &mut #krate::checkpoint::OldFields, from: ::core::primitive::u32| #call)
    });
    let assumed = assumed(state);
    let is_readable = is_readable(saved().map(|(_, field)| field));
    quote! {
        #(#forms)*
        #krate::__private::saved_fields! { #ident #update #is_readable [#assumed] (#version #migrate) { #(#fields)* } }
    }
}

/// `Plain`, or `With<__Form_at, Is<true>>`.
fn form_type(state: &State, field: &Field) -> TokenStream {
    let (krate, ty) = (&state.krate, &field.ty);
    if !field.serde.has_form() {
        return quote!(#krate::__private::Plain);
    }
    let form = form_ident(field);
    let is_written_so = match &field.rule {
        Rule::Overwrite | Rule::Late(_) => quote!(true),
        Rule::Reduce(_) => {
            let written = written_type(state, field);
            quote!({ #krate::__private::SameProbe::<#ty, #written>::YES })
        }
    };
    quote!(#krate::__private::With<#form, #krate::__private::Is<#is_written_so>>)
}

fn form_ident(field: &Field) -> syn::Ident {
    format_ident!("__Form_{}", field.name)
}

/// The functions of the field's serde attributes as an impl of `Form`. What they leave out is up to the type.
fn form(state: &State, field: &Field) -> TokenStream {
    let (krate, ty, form) = (&state.krate, &field.ty, form_ident(field));
    let serde = quote!(#krate::__private::serde);
    let (write, storable) = match &field.serde.serialize_with {
        Some(function) => (quote!(#function(value, serializer)), None),
        None => {
            (quote!(#serde::Serialize::serialize(value, serializer)), Some(quote!(for<'any> #ty: #serde::Serialize,)))
        }
    };
    let (read, readable) = match &field.serde.deserialize_with {
        Some(function) => (quote!(#function(deserializer)), None),
        None => (
            quote!(<#ty as #krate::__private::Readable>::read(deserializer)),
            Some(quote!(for<'any> #ty: #krate::__private::Readable,)),
        ),
    };
    quote! {
        #[allow(non_camel_case_types)]
        struct #form;

        #[automatically_derived]
        impl #krate::__private::Form<#ty> for #form
        where
            #storable
            #readable
        {
            fn write<__S: #serde::Serializer>(value: &#ty, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                #write
            }

            fn read<'de, __D: #serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<#ty, __D::Error> {
                #read
            }
        }
    }
}
