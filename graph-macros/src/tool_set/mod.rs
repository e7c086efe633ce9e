//! `tools!`. It has no model and no checks of its own: rustc knows the tools, their names and what they are given.
mod expand;
mod parse;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Diagnostics;

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let expanded = parse::tools(input, &diagnostics).map(|tools| expand::set(&tools));
    let errors = diagnostics.finish();
    // An expression, also with an error in it.
    quote!({ #errors #expanded })
}
