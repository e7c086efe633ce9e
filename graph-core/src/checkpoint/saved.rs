//! What can be saved.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{FieldError, FieldWriter, FormatError, OldFields, SavedField};
use crate::state::{FieldSet, State};

/// What can be saved: anything that serde can serialize and deserialize.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Serialize + Deserialize` to be checkpointed",
    label = "cannot be saved",
    note = "add `#[derive(Serialize, Deserialize)]` to `{Self}`"
)]
pub trait Saved: Serialize + DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> Saved for T {}

/// A state whose fields can be saved: `#[derive(State)]` implements it where they can.
///
/// Its fields are saved under their Rust names, each by itself, and so are those of its updates. A field's serde
/// attributes say in which form its value is saved (`with`, `serialize_with`, `deserialize_with`) and what a field is
/// that an older checkpoint lacks (`default`), never whether or under which name it is saved.
#[diagnostic::on_unimplemented(
    message = "the fields of `{Self}` cannot be saved",
    label = "cannot be checkpointed",
    note = "add `#[derive(State)]` to `{Self}`"
)]
pub trait SavedFields: State {
    /// The version of the state: `#[state(version = 2)]`.
    #[doc(hidden)]
    const __VERSION: u32 = 1;

    /// Changes what was saved by an older version: `#[state(migrate = function)]`.
    #[doc(hidden)]
    fn __migrate(_: &mut OldFields, _from: u32) -> Result<(), FormatError> {
        Ok(())
    }

    #[doc(hidden)]
    fn __save(&self, fields: &mut FieldWriter) -> Result<(), FieldError>;

    #[doc(hidden)]
    fn __save_update(update: &Self::Update, fields: &mut FieldWriter) -> Result<(), FieldError>;

    /// Reads a field into an update, and says which it is. A field that is untracked now is passed over.
    #[doc(hidden)]
    fn __load(update: &mut Self::Update, field: SavedField<'_>) -> Result<FieldSet, LoadError>;

    /// Writes serde's default of the fields that are not `present` and have one.
    #[doc(hidden)]
    fn __fill(update: &mut Self::Update, present: FieldSet);
}

/// Why a field could not be loaded.
#[doc(hidden)]
#[derive(Debug)]
pub enum LoadError {
    Field(FieldError),
    /// The value is the input of another reducer than the field has now.
    Reducer {
        field: String,
        saved: String,
        now: Option<&'static str>,
    },
    /// It was saved by a later version of the state.
    Newer {
        saved: u32,
        now: u32,
    },
    /// The state has no such field any more.
    Removed {
        field: String,
    },
}

impl From<FieldError> for LoadError {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}
