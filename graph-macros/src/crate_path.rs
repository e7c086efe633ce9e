//! The path by which expansions name graph-core.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Path, Token, parse::ParseStream};

use crate::diagnostics::{Diagnostics, with_help};
use crate::source::Code;

/// `::graph_core`, or the path given by `crate = ..`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CratePath(Code<TokenStream>);

impl CratePath {
    /// Tokens that are known to name the crate: the expansion of `$crate`.
    pub(crate) fn known(tokens: TokenStream) -> Self {
        Self(Code(tokens))
    }

    /// Reads `= path`, after the key `crate`.
    ///
    /// The path has to be absolute: a relative one would resolve differently inside the expansion.
    pub(crate) fn parse(input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<Self> {
        input.parse::<Token![=]>()?;
        let path = input.call(Path::parse_mod_style)?;
        let first = path.segments.first().map(|segment| segment.ident.to_string()).unwrap_or_default();
        if path.leading_colon.is_some() || first == "crate" || first == "$crate" {
            return Ok(Self::known(path.into_token_stream()));
        }
        let text = path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>().join("::");
        let help = format!("write `crate = ::{text}`, or `crate = crate::..` for a path in this crate");
        diagnostics.error(&path, with_help("the path of graph-core has to be absolute", help));
        Ok(Self::default())
    }
}

impl Default for CratePath {
    fn default() -> Self {
        Self::known(quote!(::graph_core))
    }
}

impl ToTokens for CratePath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}
