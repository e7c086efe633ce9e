//! What a node asks, as it is declared.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::{GenericParam, Token, Type};

use crate::crate_path::CratePath;
use crate::source::Code;

/// A type under `#[derive(Interrupt)]`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Interrupt {
    pub krate: CratePath,
    pub ident: Ident,
    pub generics: Code<Punctuated<GenericParam, Token![,]>>,
    /// The type of the answer; `None` if it is missing, which was reported.
    pub resume: Option<Code<Type>>,
}
