//! Migrations of saved states.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fields::{VERSION, read_fields};
use super::format::{read_value, write_value};
use super::{FieldError, FormatError, SavedField};

/// The saved fields of a state, or of an update of it, of an older version: what a migration changes.
///
/// `#[state(version = 2, migrate = function)]` on a state names the function. It is called whenever a checkpoint of an older
/// version is loaded, for the snapshot and for each later update, with the version that was saved; a state without `version`
/// has version 1. Nothing is written back: new checkpoints have the new version.
///
/// ```
/// use graph_core::checkpoint::{FormatError, OldFields};
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
/// #[state(version = 2, migrate = migrate)]
/// struct Order {
///     /// Was `amount`, in whole units.
///     #[state(input)]
///     cents: u64,
/// }
///
/// fn migrate(fields: &mut OldFields, from: u32) -> Result<(), FormatError> {
///     if from < 2 && fields.rename("amount", "cents") {
///         let units: u64 = fields.get("cents")?;
///         fields.set("cents", &(units * 100))?;
///     }
///     Ok(())
/// }
/// # #[node]
/// # fn keep(Order { cents }: &Order) -> OrderWrite::Cents {
/// #     OrderWrite::Cents(*cents)
/// # }
/// # graph! {
/// #     Orders<Order> {
/// #         START -> keep -> END;
/// #     }
/// # }
/// # let _ = Orders::new().checkpointer(MemorySaver::new());
/// ```
#[derive(Debug)]
pub struct OldFields {
    fields: Vec<OldField>,
    is_update: bool,
}

/// A field, owned.
#[derive(Debug)]
struct OldField {
    name: String,
    reducer: Option<String>,
    value: Vec<u8>,
}

impl OldFields {
    pub(super) fn read(bytes: &[u8], is_update: bool) -> Result<Self, FieldError> {
        let mut fields = Vec::new();
        read_fields(bytes, |SavedField { name, reducer, value }| {
            if name != VERSION {
                let (name, reducer) = (name.to_owned(), reducer.map(str::to_owned));
                fields.push(OldField { name, reducer, value: value.to_vec() });
            }
            Ok::<_, FieldError>(())
        })?;
        Ok(Self { fields, is_update })
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = SavedField<'_>> {
        self.fields.iter().map(|OldField { name, reducer, value }| SavedField {
            name,
            reducer: reducer.as_deref(),
            value,
        })
    }

    /// Whether these are the fields of an update. It has the fields that were written, and a field with a reducer has the
    /// reducer's input.
    #[must_use]
    pub const fn is_update(&self) -> bool {
        self.is_update
    }

    /// The names of the fields, in the order in which they were saved.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| &*field.name)
    }

    /// Whether there is a field of this name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// Gives a field another name; `false` if there is none.
    pub fn rename(&mut self, from: &str, to: impl Into<String>) -> bool {
        let found = self.fields.iter_mut().find(|field| field.name == from);
        found.map(|field| field.name = to.into()).is_some()
    }

    /// Drops a field; `false` if there is none.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.fields.len();
        self.fields.retain(|field| field.name != name);
        self.fields.len() < before
    }

    /// The value of a field.
    ///
    /// # Errors
    /// There is no such field, or it is of another type.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Result<T, FormatError> {
        let field = self.fields.iter().find(|field| field.name == name);
        let field = field.ok_or_else(|| format!("there is no field `{name}`"))?;
        read_value(&field.value).map_err(|error| format!("`{name}`: {error}").into())
    }

    /// Changes the value of a field, or adds the field. A field that was written through a reducer still is.
    ///
    /// # Errors
    /// Serde cannot write the value.
    pub fn set<T: Serialize>(&mut self, name: &str, value: &T) -> Result<(), FormatError> {
        let value = write_value(value)?;
        match self.fields.iter_mut().find(|field| field.name == name) {
            Some(field) => field.value = value,
            None => self.fields.push(OldField { name: name.to_owned(), reducer: None, value }),
        }
        Ok(())
    }
}
