//! The impls of the structs of a state.

use proc_macro2::TokenStream;
use quote::quote;

use crate::state::model::{Field, Rule, State};
use crate::state::types::{
    assumed, input_ident, output_ident, output_type, reducer, run_output, slot_type, update_ident, values_ident,
    written_type,
};

/// Whether something can be deserialized into each of the fields, if their types can.
pub(super) fn is_readable<'a>(mut fields: impl Iterator<Item = &'a Field>) -> bool {
    fields.all(|field| !field.is_borrowed())
}

/// `"day_of_year" "dayOfYear" ["dayOfYear" "day"]`: the name of a field, the one that serde writes, those that it reads.
pub(super) fn names(state: &State, field: &Field) -> TokenStream {
    let (name, json, keys) = (&field.name, state.json(field), state.keys(field));
    quote!(#name #json [#(#keys)*])
}

/// ```text
/// impl Default, Clone, Debug, Serialize, Deserialize for ChatStateUpdate
/// impl Update<ChatState> for ChatStateUpdate { .. }
/// impl NodeOutput<ChatState> for ChatStateUpdate { .. }
/// ```
pub(super) fn full_update(state: &State) -> TokenStream {
    let (krate, ident, update) = (&state.krate, &state.ident, update_ident(state));
    let field: Vec<_> = state.written().map(|(_, field)| &field.ident).collect();
    let names: Vec<_> = state.written().map(|(_, field)| names(state, field)).collect();
    let slot: Vec<_> = state.written().map(|(_, field)| slot_type(state, field)).collect();
    let deserialize = is_readable(state.written().map(|(_, field)| field))
        .then(|| quote!(#krate::__private::update_deserialize! { #update { #(#field #names : #slot,)* } }));
    let update_name = update.to_string();
    let index = state.written().map(|(index, _)| index);
    let managed: Vec<_> = state.managed().map(|field| &field.name).collect();
    let but_managed =
        (!managed.is_empty()).then(|| quote!(.minus(#krate::state::FieldSet::named::<#ident>(&[#(#managed),*]))));

    let reduced: Vec<_> = state.reduced().map(|(_, field)| field).collect();
    let reduced_ident = reduced.iter().map(|field| &field.ident);
    let reduced_again = reduced_ident.clone();
    let reducer: Vec<_> = reduced.iter().map(|field| reducer(state, field)).collect();

    let assumed = assumed(state);
    quote! {
        #krate::__private::update_data! { #update #update_name { #(#field #names : #slot,)* } }
        #deserialize

        #[automatically_derived]
        impl #krate::state::Update<#ident> for #update
        where
            #assumed
        {
            const __GENERATED: #krate::__private::Generated = #krate::__private::Generated;
            const WRITES: #krate::state::FieldSet = #krate::state::FieldSet::all::<#ident>() #but_managed;
            const MUST_WRITE: #krate::state::FieldSet = #krate::state::FieldSet::EMPTY;

            fn prepare(&mut self) {
                #(#krate::__private::prepare(&mut self.#reduced_ident, #reducer::prepare);)*
            }

            fn into_update(self) -> <#ident as #krate::state::State>::Update {
                self
            }

            fn written(&self) -> #krate::state::FieldSet {
                #krate::state::FieldSet::EMPTY
                    #(.union(#krate::__private::written(&self.#field, #index)))*
            }

            fn visit_messages(&self, visit: &mut dyn ::core::ops::FnMut(&[#krate::__private::Message])) {
                #(#krate::__private::show(&self.#reduced_again, #reducer::messages, #reducer::held, visit);)*
                let _ = visit;
            }
        }

        #krate::__private::own_outcome! { [#update] [#ident] }
    }
}

/// ```text
/// impl Default, Clone, Debug, Serialize, Deserialize for ChatStateInput
/// impl Update<ChatState> for ChatStateInput { .. }
/// ```
pub(super) fn input(state: &State) -> TokenStream {
    let (krate, ident, input, update) = (&state.krate, &state.ident, input_ident(state), update_ident(state));
    let field: Vec<_> = state.inputs().map(|(_, field)| &field.ident).collect();
    let name: Vec<_> = state.inputs().map(|(_, field)| &field.name).collect();
    let names: Vec<_> = state.inputs().map(|(_, field)| names(state, field)).collect();
    let written: Vec<_> = state.inputs().map(|(_, field)| written_type(state, field)).collect();
    let input_name = input.to_string();
    let deserialize = is_readable(state.inputs().map(|(_, field)| field))
        .then(|| quote!(#krate::__private::input_deserialize! { #input { #(#field #names : #written,)* } }));

    let reduced: Vec<_> =
        state.inputs().map(|(_, field)| field).filter(|field| matches!(field.rule, Rule::Reduce(_))).collect();
    let reduced_ident = reduced.iter().map(|field| &field.ident);
    let reduced_again = reduced_ident.clone();
    let reducer: Vec<_> = reduced.iter().map(|field| reducer(state, field)).collect();

    let assumed = assumed(state);
    quote! {
        #krate::__private::input_data! { #input #input_name { #(#field #names : #written,)* } }
        #deserialize

        #[automatically_derived]
        impl #krate::state::Update<#ident> for #input
        where
            #assumed
        {
            const __GENERATED: #krate::__private::Generated = #krate::__private::Generated;
            const WRITES: #krate::state::FieldSet = #krate::state::FieldSet::named::<#ident>(&[#(#name),*]);
            const MUST_WRITE: #krate::state::FieldSet = Self::WRITES;

            fn prepare(&mut self) {
                #(#reducer::prepare(&mut self.#reduced_ident);)*
            }

            fn into_update(self) -> <#ident as #krate::state::State>::Update {
                <#update as ::core::default::Default>::default() #(.#field(self.#field))*
            }

            fn written(&self) -> #krate::state::FieldSet {
                Self::WRITES
            }

            fn visit_messages(&self, visit: &mut dyn ::core::ops::FnMut(&[#krate::__private::Message])) {
                #(visit(#reducer::messages(&self.#reduced_again));)*
                let _ = visit;
            }
        }
    }
}

/// ```text
/// impl Clone, Debug, Serialize, Deserialize for ChatStateOutput
/// impl RunOutput<ChatState> for ChatStateOutput { .. }
/// ```
pub(super) fn output(state: &State) -> TokenStream {
    let (krate, ident, output) = (&state.krate, &state.ident, output_ident(state));
    let field: Vec<_> = state.outputs().map(|field| &field.ident).collect();
    let names: Vec<_> = state.outputs().map(|field| names(state, field)).collect();
    let ty: Vec<_> = state.outputs().map(output_type).collect();
    let deserialize = is_readable(state.outputs())
        .then(|| quote!(#krate::__private::input_deserialize! { #output { #(#field #names : #ty,)* } }));
    let values = state.outputs().map(|Field { ident, name, rule, .. }| match rule {
        Rule::Late(_) => quote!(#ident: #krate::__private::written_value(&state.#ident, #name)?),
        Rule::Overwrite | Rule::Reduce(_) => quote!(#ident: #krate::__private::Copied(&state.#ident).copied()),
    });
    let output_name = output.to_string();
    let assumed = assumed(state);
    quote! {
        #krate::__private::input_data! { #output #output_name { #(#field #names : #ty,)* } }
        #deserialize

        #[automatically_derived]
        impl #krate::state::RunOutput<#ident> for #output
        where
            #assumed
        {
            fn __from_state(
                state: &#krate::__private::Arc<#ident>,
            ) -> ::core::result::Result<#krate::__private::Arc<Self>, &'static ::core::primitive::str> {
                // Unused where every field has `Clone`.
                #[allow(unused_imports)]
                use #krate::__private::NoClone as _;
                ::core::result::Result::Ok(#krate::__private::Arc::new(Self { #(#values,)* }))
            }

            fn __into_owned(output: #krate::__private::Arc<Self>) -> Self {
                #krate::__private::Arc::unwrap_or_clone(output)
            }
        }
    }
}

/// ```text
/// impl RunOutput<ChatState> for ChatState { .. }
/// ```
pub(super) fn own_output(state: &State) -> TokenStream {
    let (krate, ident, assumed) = (&state.krate, &state.ident, assumed(state));
    quote! {
        #[automatically_derived]
        impl #krate::state::RunOutput<Self> for #ident
        where
            #assumed
        {
            fn __from_state(
                state: &#krate::__private::Arc<Self>,
            ) -> ::core::result::Result<#krate::__private::Arc<Self>, &'static ::core::primitive::str> {
                ::core::result::Result::Ok(#krate::__private::Arc::clone(state))
            }

            fn __into_owned(output: #krate::__private::Arc<Self>) -> Self {
                #krate::__private::unwrap_or_copy(output)
            }
        }
    }
}

/// ```text
/// impl RunOutput<EssayState> for Vec<String> { .. }
/// ```
pub(super) fn sole_output(state: &State) -> TokenStream {
    let (krate, ident, output, assumed) = (&state.krate, &state.ident, run_output(state), assumed(state));
    let values = state.outputs().map(|Field { ident, name, .. }| {
        quote!(state.#ident.get().map(|value| #krate::__private::Copied(value).copied()).ok_or(#name)?)
    });
    // What cannot be cloned was reported.
    let no_clone = quote! {
        #[allow(unused_imports)]
        use #krate::__private::NoClone as _;
    };
    quote! {
        #[automatically_derived]
        impl #krate::state::RunOutput<#ident> for #output
        where
            #assumed
        {
            fn __from_state(
                state: &#krate::__private::Arc<#ident>,
            ) -> ::core::result::Result<#krate::__private::Arc<Self>, &'static ::core::primitive::str> {
                #no_clone
                ::core::result::Result::Ok(#krate::__private::Arc::new(#(#values)*))
            }

            fn __into_owned(output: #krate::__private::Arc<Self>) -> Self {
                #no_clone
                #krate::__private::Arc::try_unwrap(output).unwrap_or_else(|shared| #krate::__private::Copied(&*shared).copied())
            }
        }
    }
}

/// ```text
/// impl Clone, Debug, Serialize, Deserialize for ChatStateValues
/// impl RunValues<ChatState> for ChatStateValues { .. }
/// ```
pub(super) fn values(state: &State) -> TokenStream {
    let (krate, ident, values) = (&state.krate, &state.ident, values_ident(state));
    let field: Vec<_> = state.outputs().map(|field| &field.ident).collect();
    let name: Vec<_> = state.outputs().map(|field| &field.name).collect();
    let names: Vec<_> = state.outputs().map(|field| names(state, field)).collect();
    let ty: Vec<_> = state.outputs().map(|field| &field.ty).collect();
    let deserialize = is_readable(state.outputs())
        .then(|| quote!(#krate::__private::input_deserialize! { #values { #(#field #names : #ty,)* } }));
    let late = state.outputs().map(|field| matches!(field.rule, Rule::Late(_)).then(|| quote!(=> late)));
    let values_name = values.to_string();
    let assumed = assumed(state);
    quote! {
        #krate::__private::input_data! { #values #values_name { #(#field #names : #ty #late,)* } }
        #deserialize

        #[automatically_derived]
        impl #krate::state::RunValues<#ident> for #values
        where
            #assumed
        {
            const FIELDS: #krate::state::FieldSet = #krate::state::FieldSet::named::<#ident>(&[#(#name),*]);

            fn __from_state(state: &#krate::__private::Arc<#ident>) -> #krate::__private::Arc<Self> {
                // Unused where every field has `Clone`.
                #[allow(unused_imports)]
                use #krate::__private::NoClone as _;
                #krate::__private::Arc::new(Self { #(#field: #krate::__private::Copied(&state.#field).copied(),)* })
            }
        }
    }
}
