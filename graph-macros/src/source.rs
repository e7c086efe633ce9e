//! Pieces of the user's source, held in models that unit tests can compare and print.

use std::fmt;
use std::ops::Deref;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::text;

/// A position in the source. All positions are equal: two models of one text are equal wherever the text stands.
#[derive(Clone, Copy)]
pub(crate) struct At<T = Span>(pub T);

/// Tokens of the user, compared and printed as text.
#[derive(Clone)]
pub(crate) struct Code<T>(pub T);

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> PartialEq for At<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for At<T> {}

impl<T> fmt::Debug for At<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

impl<T> Deref for Code<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ToTokens> ToTokens for Code<T> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}

impl<T: ToTokens> PartialEq for Code<T> {
    fn eq(&self, other: &Self) -> bool {
        self.to_token_stream().to_string() == other.to_token_stream().to_string()
    }
}

impl<T: ToTokens> Eq for Code<T> {}

impl<T: ToTokens> fmt::Debug for Code<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", text::of(&self.0))
    }
}
