//! `#[reducer]`.
mod expand;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use crate::crate_path::CratePath;
use crate::diagnostics::Diagnostics;
use crate::function::{Function, Stranger};

pub(crate) fn attribute(options: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    // What does not parse as a function is rustc's to report: it parses the item again, and knows better.
    let expansion = Function::parse(item).map(|function| match parse::reducer(options, &function, &diagnostics) {
        Ok(reducer) => expand::reducer(&reducer),
        Err(krate) => expand::stub(&krate, &function).unwrap_or_default(),
    });
    let expansion = expansion.or_else(|| {
        let stranger = Stranger::parse(item)?;
        let help = "write `fn keep(current: &mut T, new: I)`, or implement `Reducer` for the type";
        stranger.report("reducer", help, &diagnostics);
        Some(expand::stand_in(&CratePath::default(), stranger.ident.as_ref()?))
    });
    let errors = diagnostics.finish();
    quote!(#item #errors #expansion)
}
