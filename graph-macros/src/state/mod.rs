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
    let diagnostics = Diagnostics::new();
    let expansion = match parse::state(input, &diagnostics) {
        Some(state) => {
            check::state(&state, &diagnostics);
            expand::state(&state)
        }
        None => expand::stub(&parse::empty(input), !input.generics.params.is_empty()),
    };
    let errors = diagnostics.finish();
    quote::quote!(#errors #expansion)
}
