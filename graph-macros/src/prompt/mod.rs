//! `prompt!`.
mod check;
mod expand;
mod format;
mod model;
mod parse;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

use self::model::Template;
use crate::diagnostics::Diagnostics;

/// Parse, model, check, expand. The struct is there even for a wrong template, so that one mistake is one error.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let Some(syntax) = parse::template(input, &diagnostics) else { return diagnostics.finish() };
    let template = Template::of(&syntax, &diagnostics);
    if diagnostics.is_empty() {
        check::template(&syntax, &template, &diagnostics);
    }
    let expansion = expand::template(&template, diagnostics.is_empty());
    let errors = diagnostics.finish();
    quote!(#errors #expansion)
}
