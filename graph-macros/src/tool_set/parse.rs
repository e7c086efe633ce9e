//! `[crate] multiply, web::search, lookup(database)`

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Path, Token, bracketed, parenthesized, token};

use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};

pub(super) struct Tools {
    pub krate: CratePath,
    pub tools: Vec<Given>,
}

/// A tool, and what it is given.
pub(super) struct Given {
    pub path: Path,
    pub values: Vec<Expr>,
}

/// `None` if the input does not parse, which is reported.
pub(super) fn tools(input: TokenStream, diagnostics: &Diagnostics) -> Option<Tools> {
    diagnostics.ok(syn::parse2(input))
}

impl Parse for Tools {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path;
        bracketed!(path in input);
        let krate = CratePath::known(path.parse()?);
        let tools = Punctuated::<Given, Token![,]>::parse_terminated(input)?;
        Ok(Self { krate, tools: tools.into_iter().collect() })
    }
}

impl Parse for Given {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path = input.call(Path::parse_mod_style).map_err(|error| {
            let help = "write `multiply`, or `lookup(database)` for one that is given values";
            syn::Error::new(error.span(), with_help("expected the name of a `#[tool]` function", help))
        })?;
        let mut values = Vec::new();
        if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            values = Punctuated::<Expr, Token![,]>::parse_terminated(&content)?.into_iter().collect();
        }
        Ok(Self { path, values })
    }
}
