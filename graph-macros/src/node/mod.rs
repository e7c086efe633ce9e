//! `#[node]`.
mod body;
mod cache;
mod expand;
mod handler;
mod model;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Diagnostics;
use crate::function::{Function, Stranger};

pub(crate) fn attribute(options: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    // What does not parse as a function is rustc's to report: it parses the item again, and knows better.
    let expansion = Function::parse(item).map(|function| {
        let node = parse::node(options, &function, &diagnostics);
        if diagnostics.is_empty() { expand::node(&node) } else { expand::stub(&node) }
    });
    let expansion = expansion.or_else(|| {
        let stranger = Stranger::parse(item)?;
        let help = "write `async fn` with the state as `&State`; what a node keeps belongs in the graph's dependencies";
        stranger.report("node", help, &diagnostics);
        Some(expand::stand_in(stranger.ident.as_ref()?))
    });
    let errors = diagnostics.finish();
    quote!(#item #errors #expansion)
}
