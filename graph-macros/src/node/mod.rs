//! `#[node]`.
mod check;
mod expand;
mod model;
mod parse;
#[cfg(test)]
mod tests;
mod type_names;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use self::expand::stub_for_type;
use self::model::Node;
use crate::diagnostics::Diagnostics;
use crate::function::{Function, NonFunction};

pub(crate) fn attribute(options: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    // rustc parses the item again, and reports syntax errors.
    let expanded = Function::parse(item).map(|function| {
        let options = parse::options(options, &function.signature.ident, &diagnostics);
        let node = Node::of(options, &function);
        check::node(&node, &function, &diagnostics);
        let expansion = if diagnostics.is_empty() { expand::node(&node) } else { expand::stub(&node) };
        let twice = function.attribute("node").map(|_| function.without("node"));
        (twice.or_else(|| expand::function(&node, &function)), Some(expansion))
    });
    let (function, expansion) = expanded.unwrap_or_else(|| {
        let other = NonFunction::parse(item);
        if let Some(other) = &other {
            let help =
                "write `async fn` with the state as `&State`; what a node keeps belongs in the graph's dependencies";
            other.report("node", help, &diagnostics);
        }
        (None, other.and_then(|other| other.ident).map(|ident| expand::stub_for_type(&ident)))
    });
    let function = function.as_ref().unwrap_or(item);
    let errors = diagnostics.finish();
    quote!(#function #errors #expansion)
}
