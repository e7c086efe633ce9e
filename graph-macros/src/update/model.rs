//! The state that an update writes to, and the fields that it writes.

use syn::punctuated::Punctuated;
use syn::{GenericParam, Ident, Path, Token, Type};

use crate::crate_path::CratePath;
use crate::source::Code;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Update {
    pub krate: CratePath,
    pub ident: Ident,
    /// Generic parameters, which are an error.
    pub generics: Code<Punctuated<GenericParam, Token![,]>>,
    /// The state; `None` if it was not given, which was reported.
    pub state: Option<Code<Path>>,
    pub fields: Vec<Field>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub ident: Ident,
    pub name: String,
    pub ty: Code<Type>,
    /// `#[update(maybe)]`: an `Option`, which may leave the state's field as it is.
    pub maybe: bool,
    /// `#[update(replace)]`: replaces the state's field, without its reducer.
    pub replace: bool,
}

impl Update {
    pub(crate) fn is_generic(&self) -> bool {
        !self.generics.is_empty()
    }
}
