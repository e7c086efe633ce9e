//! `#[reducer]`.
mod check;
mod expand;
mod model;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use self::model::Reducer;
use crate::crate_path::CratePath;
use crate::diagnostics::Diagnostics;
use crate::function::{Function, NonFunction};

pub(crate) fn attribute(options: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    // rustc parses the item again, and reports syntax errors.
    let expansion = Function::parse(item).map(|function| {
        let options = parse::options(options, &diagnostics);
        check::reducer(&function, &diagnostics);
        let krate = options.krate.clone();
        match Reducer::of(options, &function).filter(|_| diagnostics.is_empty()) {
            Some(reducer) => expand::reducer(&reducer),
            None => expand::stub(&krate, &function).unwrap_or_default(),
        }
    });
    let expansion = expansion.or_else(|| {
        let other = NonFunction::parse(item)?;
        let help = "write `fn keep(current: &mut T, new: I)`, or implement `Reducer` for the type";
        other.report("reducer", help, &diagnostics);
        Some(expand::stub_impl(&CratePath::default(), other.ident.as_ref()?))
    });
    let errors = diagnostics.finish();
    quote!(#item #errors #expansion)
}
