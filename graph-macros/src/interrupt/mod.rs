//! `#[derive(Interrupt)]`.
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
    let interrupt = parse::interrupt(input, &diagnostics);
    check::interrupt(&interrupt, &diagnostics);
    let expansion = expand::interrupt(&interrupt);
    let errors = diagnostics.finish();
    quote::quote!(#errors #expansion)
}
