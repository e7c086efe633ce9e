//! `#[derive(Update)]`.
mod check;
mod expand;
mod model;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::diagnostics::Diagnostics;

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let update = parse::update(input, &diagnostics);
    check::update(&update, &diagnostics);
    let expansion = if diagnostics.is_empty() { expand::update(&update) } else { expand::stub(&update) };
    let errors = diagnostics.finish();
    quote::quote!(#errors #expansion)
}
