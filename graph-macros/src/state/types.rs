//! The types of a state's fields, in the state, in its update and in its input, and the names of the generated structs.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Ident;

use super::known_reducers::{known, surely_fits};
use super::model::{Field, Rule, State};

pub(super) fn update_ident(state: &State) -> Ident {
    format_ident!("{}Update", state.ident, span = state.ident.span())
}

pub(super) fn input_ident(state: &State) -> Ident {
    format_ident!("{}Input", state.ident, span = state.ident.span())
}

pub(super) fn output_ident(state: &State) -> Ident {
    format_ident!("{}Output", state.ident, span = state.ident.span())
}

/// `ChatStateOutput`, or the type of the only output field, where that is handed out as it is.
pub(super) fn run_output(state: &State) -> TokenStream {
    let sole = state.outputs().next().filter(|_| state.is_sole_output);
    sole.map_or_else(|| output_ident(state).into_token_stream(), output_type)
}

pub(super) fn values_ident(state: &State) -> Ident {
    format_ident!("{}Values", state.ident, span = state.ident.span())
}

/// What the impls of a state assume, so that a field that cannot be shared is reported once:
/// `for<'__any> ChatState: Shareable, for<'__any> ChatStateUpdate: Shareable,`
pub(super) fn assumed(state: &State) -> TokenStream {
    let krate = &state.krate;
    let mut types = vec![state.ident.clone(), update_ident(state)];
    types.extend(state.has_input().then(|| input_ident(state)));
    types.extend(state.has_output().then(|| values_ident(state)));
    types.extend((state.has_output() && !state.is_sole_output).then(|| output_ident(state)));
    quote!(#(for<'__any> #types: #krate::__private::Shareable,)*)
}

/// `ChatStateWrite`: the module of the writes.
pub(super) fn writes_ident(state: &State) -> Ident {
    format_ident!("{}Write", state.ident, span = state.ident.span())
}

pub(super) fn shared_ident(state: &State) -> Ident {
    format_ident!("{}Shared", state.ident, span = state.ident.span())
}

/// `__ChatState_log`: the alias of a reducer of which only rustc knows whether it fits.
pub(super) fn reducer_alias(state: &State, field: &Field) -> Ident {
    format_ident!("__{}_{}", state.ident, field.name)
}

/// The reducer of a field that has one: `AddMessages`, or the alias of the reducer, `__ChatState_log`.
pub(super) fn reducer_type(state: &State, field: &Field) -> TokenStream {
    match &field.rule {
        Rule::Reduce(path) if surely_fits(path, &field.ty) => known(&state.krate, path),
        _ => reducer_alias(state, field).to_token_stream(),
    }
}

/// `CombineProbe::<AddMessages, Vec<Message>>`: combines two writes to the field.
pub(super) fn combine_probe(state: &State, field: &Field) -> TokenStream {
    let (krate, ty, named) = (&state.krate, &field.ty, reducer_type(state, field));
    quote!(#krate::__private::CombineProbe::<#named, #ty>)
}

/// The type of an output field: that of the state, or the `T` of a late one.
pub(super) fn output_type(field: &Field) -> TokenStream {
    match &field.rule {
        Rule::Late(inner) => inner.to_token_stream(),
        Rule::Overwrite | Rule::Reduce(_) => field.ty.to_token_stream(),
    }
}

/// The type that a node writes: `T`, or the reducer's input.
pub(super) fn written_type(state: &State, field: &Field) -> TokenStream {
    match &field.rule {
        Rule::Overwrite => field.ty.to_token_stream(),
        Rule::Late(inner) => inner.to_token_stream(),
        Rule::Reduce(_) => {
            let reducer = reducer(state, field);
            quote!(#reducer::Input)
        }
    }
}

/// `<AddMessages as Reducer<Vec<Message>>>`, or with the alias of the reducer: `<__ChatState_log as Reducer<Log>>`.
pub(super) fn reducer(state: &State, field: &Field) -> TokenStream {
    let (krate, ty) = (&state.krate, &field.ty);
    match &field.rule {
        Rule::Reduce(path) if surely_fits(path, ty) => {
            let known = known(krate, path);
            quote!(<#known as #krate::state::Reducer<#ty>>)
        }
        Rule::Reduce(_) => {
            let chosen = reducer_alias(state, field);
            quote!(<#chosen as #krate::state::Reducer<#ty>>)
        }
        Rule::Overwrite | Rule::Late(_) => quote!(<#krate::state::Overwrite as #krate::state::Reducer<#ty>>),
    }
}

/// The type of a field of the update: `Option<T>`, or `Write<T, <R as Reducer<T>>::Input>`.
pub(super) fn slot_type(state: &State, field: &Field) -> TokenStream {
    let (krate, written, ty) = (&state.krate, written_type(state, field), &field.ty);
    match &field.rule {
        Rule::Overwrite | Rule::Late(_) => quote!(::core::option::Option<#written>),
        Rule::Reduce(_) => quote!(#krate::state::Write<#ty, #written>),
    }
}
