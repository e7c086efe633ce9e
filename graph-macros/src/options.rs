//! The options in an attribute: `#[state(input, reduce = Append)]`, `#[node(crate = ::graph)]`.

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Ident, Token};

use crate::diagnostics::{Diagnostics, expected};

/// Parses options: unknown ones and repeated ones are reported.
pub(crate) struct Options<'a> {
    diagnostics: &'a Diagnostics,
    /// The name of the attribute in messages.
    what: &'static str,
    known: &'static [&'static str],
    /// A key that belongs elsewhere, and the message about it.
    elsewhere: Option<(&'static str, String)>,
    seen: Vec<String>,
}

impl<'a> Options<'a> {
    pub(crate) fn new(what: &'static str, known: &'static [&'static str], diagnostics: &'a Diagnostics) -> Self {
        Self { diagnostics, what, known, elsewhere: None, seen: Vec::new() }
    }

    /// Adds the message about a key that belongs elsewhere.
    pub(crate) fn elsewhere(self, key: &'static str, message: String) -> Self {
        Self { elsewhere: Some((key, message)), ..self }
    }

    /// Parses the options of an attribute. `each` is called with each known key, and parses its value.
    pub(crate) fn attribute(
        &mut self,
        attribute: &Attribute,
        each: impl FnMut(&str, Span, ParseStream<'_>) -> syn::Result<()>,
    ) {
        let result = attribute.parse_args_with(|input: ParseStream<'_>| self.list(input, each));
        self.diagnostics.ok(result);
    }

    /// Parses the options of an attribute macro, which come as bare tokens.
    pub(crate) fn tokens(
        &mut self,
        tokens: proc_macro2::TokenStream,
        each: impl FnMut(&str, Span, ParseStream<'_>) -> syn::Result<()>,
    ) {
        let result = (|input: ParseStream<'_>| self.list(input, each)).parse2(tokens);
        self.diagnostics.ok(result);
    }

    /// Parses options up to the end. A wrong one is reported and skipped.
    pub(crate) fn list(
        &mut self,
        input: ParseStream<'_>,
        mut each: impl FnMut(&str, Span, ParseStream<'_>) -> syn::Result<()>,
    ) -> syn::Result<()> {
        while !input.is_empty() {
            let key = input.call(Ident::parse_any)?;
            let name = key.to_string();
            if let Some((_, message)) = self.elsewhere.as_ref().filter(|(elsewhere, _)| *elsewhere == name) {
                self.diagnostics.error(&key, message);
                skip_value(input)?;
            } else if !self.known.contains(&name.as_str()) {
                let expected = expected(&name, self.known);
                self.diagnostics.error(&key, format!("unknown option `{name}` of {}, {expected}", self.what));
                skip_value(input)?;
            } else if self.seen.contains(&name) {
                self.diagnostics.error(&key, format!("`{name}` is given twice"));
                skip_value(input)?;
            } else {
                each(&name, key.span(), input)?;
                self.seen.push(name);
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    }
}

/// Skips the value of a wrong option.
fn skip_value(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}
