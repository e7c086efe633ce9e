//! `#[derive(State)]`.
mod check;
mod expand;
mod impls;
mod model;
mod parse;
mod ready;
mod shared;
#[cfg(test)]
mod tests;

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
        None => expand::stub(input),
    };
    let errors = diagnostics.finish();
    quote::quote!(#errors #expansion)
}
