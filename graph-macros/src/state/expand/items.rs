//! The structs of a state: its update, its input and its output.

use proc_macro2::TokenStream;
use quote::quote;

use crate::state::model::{Field, Rule, State};
use crate::state::types::{
    input_ident, output_ident, output_type, slot_type, update_ident, values_ident, written_type,
};
use crate::state::visibility::narrower;

/// `<>`. It stops rustc from suggesting a new type parameter on generated code.
fn no_generics() -> TokenStream {
    quote!(<>)
}

/// `pub struct ChatStateUpdate<> { pub summary: Option<String>, .. }`
pub(super) fn update_struct(state: &State) -> TokenStream {
    let (vis, update) = (&state.vis, update_ident(state));
    let doc = format!("An update of [`{}`]: every field is optional.", state.ident);
    let fields = state.written().map(|(_, field)| {
        let (ident, ty) = (&field.ident, slot_type(state, field));
        let doc = match &field.rule {
            Rule::Overwrite | Rule::Late(_) => format!("The new value of `{}`, if it is written.", field.name),
            Rule::Reduce(_) => format!("The write to `{}`, if any.", field.name),
        };
        let vis = narrower(vis, &field.vis);
        quote!(#[doc = #doc] #vis #ident: #ty)
    });
    let no_generics = no_generics();
    quote! {
        #[doc = #doc]
        // A public state may have private reducers.
        #[allow(private_interfaces)]
        #vis struct #update #no_generics { #(#fields,)* }
    }
}

/// `pub struct ChatStateInput<> { pub messages: <AddMessages as Reducer<Vec<Message>>>::Input }`
pub(super) fn input_struct(state: &State) -> TokenStream {
    let (vis, input) = (&state.vis, input_ident(state));
    let doc = format!("The input of a run over [`{}`].", state.ident);
    let fields = state.inputs().map(|(_, field)| {
        let (ident, ty) = (&field.ident, written_type(state, field));
        let doc = format!("Written to `{}` before the first node runs.", field.name);
        quote!(#[doc = #doc] #vis #ident: #ty)
    });
    let no_generics = no_generics();
    quote! {
        #[doc = #doc]
        #[allow(private_interfaces)]
        #vis struct #input #no_generics { #(#fields,)* }
    }
}

/// `pub type ChatStateInput = ChatStateUpdate;`: without a field marked as input, a run may be given any.
pub(super) fn input_alias(state: &State) -> TokenStream {
    let (vis, input, update) = (&state.vis, input_ident(state), update_ident(state));
    let doc = format!(
        "The input of a run over [`{}`]: no field is marked `#[state(input)]`, so each is optional.",
        state.ident
    );
    quote! {
        #[doc = #doc]
        // Most programs name the update only.
        #[allow(dead_code)]
        #vis type #input = #update;
    }
}

/// `pub struct ChatStateOutput<> { pub messages: Vec<Message>, pub answer: String }`
pub(super) fn output_struct(state: &State) -> TokenStream {
    let (vis, output) = (&state.vis, output_ident(state));
    let doc = format!("The output of a run over [`{}`].", state.ident);
    let fields = state.outputs().map(|field| {
        let (ident, ty) = (&field.ident, output_type(field));
        let doc = format!("The final value of `{}`.", field.name);
        quote!(#[doc = #doc] #vis #ident: #ty)
    });
    let no_generics = no_generics();
    quote! {
        #[doc = #doc]
        #[allow(private_interfaces)]
        #vis struct #output #no_generics { #(#fields,)* }
    }
}

/// `pub struct ChatStateValues<> { pub messages: Vec<Message>, pub answer: Late<String> }`
pub(super) fn values_struct(state: &State) -> TokenStream {
    let (vis, values) = (&state.vis, values_ident(state));
    let doc = format!("The fields of [`{}`] that are its output, while a run goes on.", state.ident);
    let fields = state.outputs().map(|Field { ident, ty, name, .. }| {
        let doc = format!("The value of `{name}`.");
        quote!(#[doc = #doc] #vis #ident: #ty)
    });
    let no_generics = no_generics();
    quote! {
        #[doc = #doc]
        #[allow(private_interfaces)]
        #vis struct #values #no_generics { #(#fields,)* }
    }
}
