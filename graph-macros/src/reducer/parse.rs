//! The options of `#[reducer(..)]`.

use proc_macro2::TokenStream;
use syn::{Path, Token};

use crate::crate_path::CratePath;
use crate::diagnostics::Diagnostics;
use crate::{keyword, options};

#[derive(Clone)]
pub(super) struct Options {
    pub krate: CratePath,
    /// `combine = function`
    pub combine: Option<Path>,
}

pub(super) fn options(tokens: TokenStream, diagnostics: &Diagnostics) -> Options {
    let mut krate = CratePath::default();
    let mut combine = None;
    let known = &[keyword::CRATE, keyword::COMBINE];
    options::Options::new("`#[reducer(..)]`", known, diagnostics).tokens(tokens, |key, _, value| {
        if key == keyword::COMBINE {
            value.parse::<Token![=]>()?;
            combine = Some(value.parse::<Path>()?);
        } else {
            krate = CratePath::parse(value, diagnostics)?;
        }
        Ok(())
    });
    Options { krate, combine }
}
