//! What an update is: a state, and the fields of it that are written.

use syn::{Ident, Path};

use crate::crate_path::CratePath;

pub(crate) struct Update {
    pub krate: CratePath,
    pub ident: Ident,
    /// Whether it has parameters, which an update cannot have.
    pub generic: bool,
    /// The state; `None` where that is not said.
    pub state: Option<Path>,
    pub fields: Vec<Field>,
}

pub(crate) struct Field {
    pub ident: Ident,
    pub name: String,
    /// Under `#[update(maybe)]`: an `Option`, which may leave the state's field alone.
    pub maybe: bool,
    /// Under `#[update(replace)]`: the state's field becomes this, whatever it was.
    pub replace: bool,
}
