//! `graph!`.
mod check;
mod expand;
mod model;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use self::model::steps;
pub(crate) use self::parse::push_task;
use crate::diagnostics::Diagnostics;

/// Parse, model, check, expand.
///
/// A check runs only if those before it found no error. The items are expanded in any case.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let expansion = expand_into(input, &diagnostics);
    let errors = diagnostics.finish();
    quote!(#errors #expansion)
}

fn expand_into(input: TokenStream, diagnostics: &Diagnostics) -> TokenStream {
    let Some(graph) = parse::graph(input, diagnostics) else { return TokenStream::new() };
    // After a syntax error, errors about the rest would be wrong.
    let muted = Diagnostics::muted();
    let model = model::model(&graph, if diagnostics.is_empty() { diagnostics } else { &muted });
    if diagnostics.is_empty() {
        check::shape(&model, diagnostics);
    }
    let flow = diagnostics.is_empty().then(|| steps::flow(&model));
    if let Some(flow) = &flow {
        check::steps(&model, flow, diagnostics);
    }
    let expansion = expand::graph(&model, flow.filter(|_| diagnostics.is_empty()).as_ref());
    if parse::is_named_like_a_node(&model.ident) {
        let stub = crate::node::stub_for_type(&model.ident);
        return quote!(#expansion #stub);
    }
    expansion
}
