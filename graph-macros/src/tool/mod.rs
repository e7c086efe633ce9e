//! `#[tool]`.
mod check;
mod expand;
mod model;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use self::model::ToolFunction;
use crate::diagnostics::Diagnostics;
use crate::function::{Function, NonFunction};

pub(crate) fn attribute(options: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let Some(function) = Function::parse(item) else {
        // rustc parses the item again, and reports syntax errors.
        if let Some(other) = NonFunction::parse(item) {
            other.report("tool", "write `async fn`, with what the model writes as its parameters", &diagnostics);
        }
        let errors = diagnostics.finish();
        return quote!(#item #errors);
    };
    let options = parse::options(options, &diagnostics);
    let tool = ToolFunction::of(options, &function);
    check::tool(&tool, &function, &diagnostics);
    let expansion =
        if diagnostics.is_empty() { expand::tool(&tool, &function) } else { expand::stub(&tool, &function) };
    let errors = diagnostics.finish();
    quote!(#errors #expansion)
}
