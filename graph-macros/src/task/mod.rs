//! `#[task]`.
mod check;
mod expand;
mod model;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use self::model::TaskFunction;
use crate::diagnostics::Diagnostics;
use crate::function::{Function, NonFunction};

pub(crate) fn attribute(options: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let Some(function) = Function::parse(item) else {
        // rustc parses the item again, and reports syntax errors.
        if let Some(other) = NonFunction::parse(item) {
            other.report("task", "write `async fn` with the context as its last parameter", &diagnostics);
        }
        let errors = diagnostics.finish();
        return quote!(#item #errors);
    };
    let options = parse::options(options, &diagnostics);
    let task = TaskFunction::of(options, &function);
    check::task(&task, &function, &diagnostics);
    let expansion =
        if diagnostics.is_empty() { expand::task(&task, &function) } else { expand::stub(&task, &function) };
    let errors = diagnostics.finish();
    quote!(#errors #expansion)
}
