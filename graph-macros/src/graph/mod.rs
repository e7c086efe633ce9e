//! `graph!`.
mod branches;
mod build;
mod calls;
mod check;
mod defer;
mod exits;
mod expand;
mod fan_in;
mod flow;
mod inside;
mod items;
mod members;
mod model;
mod moments;
mod parse;
mod picture;
mod place;
mod router;
mod routes;
mod routing;
mod syntax;
#[cfg(test)]
mod tests;
mod topology;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Diagnostics;

/// Parse, model, check, expand. Each stage judges only what the one before it found whole; the items are always made.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let expansion = expand_into(input, &diagnostics);
    let errors = diagnostics.finish();
    quote!(#errors #expansion)
}

fn expand_into(input: TokenStream, diagnostics: &Diagnostics) -> TokenStream {
    let Some(graph) = parse::graph(input, diagnostics) else { return TokenStream::new() };
    let model = if diagnostics.is_empty() {
        build::model(&graph, diagnostics)
    } else {
        // Of a graph that was half read there is nothing to say.
        let quiet = Diagnostics::new();
        let model = build::model(&graph, &quiet);
        let _ = quiet.finish();
        model
    };
    if diagnostics.is_empty() {
        check::shape(&graph, &model, diagnostics);
    }
    // What steps can occur is worked out only of a graph whose every edge is sound.
    let flow = diagnostics.is_empty().then(|| moments::flow(&model));
    if let Some(flow) = &flow {
        check::meetings(&model, flow, diagnostics);
    }
    expand::graph(&graph, &model, flow.filter(|_| diagnostics.is_empty()).as_ref())
}
