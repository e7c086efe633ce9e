//! `#[workflow]`: a function as a graph of one node. It expands to a state, a node and a graph, as if they were written by
//! hand.
mod check;
mod expand;
mod model;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use self::model::Workflow;
use crate::diagnostics::Diagnostics;
use crate::function::{Function, NonFunction};

pub(crate) fn attribute(options: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let Some(function) = Function::parse(item) else {
        // rustc parses the item again, and reports syntax errors.
        if let Some(other) = NonFunction::parse(item) {
            other.report("workflow", "write `async fn` with the context as its last parameter", &diagnostics);
        }
        let errors = diagnostics.finish();
        return quote!(#item #errors);
    };
    let Some(options) = parse::options(options, &function, &diagnostics) else {
        let errors = diagnostics.finish();
        let function = function.without("workflow");
        return quote!(#function #errors);
    };
    let workflow = Workflow::of(options, &function, &diagnostics);
    check::workflow(&workflow, &function, &diagnostics);
    let is_sound = diagnostics.is_empty();
    let expansion = expand::workflow(&workflow, &function, is_sound);
    let errors = diagnostics.finish();
    quote!(#errors #expansion)
}
