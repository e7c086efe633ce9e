//! `#[derive(State)]`.
mod check;
mod expand;
mod json_names;
mod known_reducers;
mod model;
mod parse;
mod serde_attributes;
#[cfg(test)]
mod tests;
mod types;
mod visibility;
mod write_names;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::diagnostics::Diagnostics;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    expand(input, false)
}

/// The derive for the state of a workflow: its only output field is a run's output, without a struct around it.
pub(crate) fn derive_sole_output(input: &DeriveInput) -> TokenStream {
    expand(input, true)
}

fn expand(input: &DeriveInput, is_sole_output: bool) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let expansion = match parse::state(input, &diagnostics) {
        Some(mut state) => {
            state.is_sole_output = is_sole_output;
            check::state(&state, &diagnostics);
            expand::state(&state)
        }
        None => expand::stub(&parse::empty(input), !input.generics.params.is_empty()),
    };
    let errors = diagnostics.finish();
    quote::quote!(#errors #expansion)
}
