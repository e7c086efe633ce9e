//! How the fields of a state are saved.

use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::{Is, No, Readable, never};
use crate::checkpoint::format::{decode, encode};
use crate::checkpoint::{FieldError, FieldWriter, LoadError, SavedField};
use crate::state::{FieldSet, Late, State, Write};

/// What can be the value of a saved field, or what a node writes to it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Serialize + Deserialize` to be checkpointed",
    label = "a field holds it, or is written with it",
    note = "add `#[derive(Serialize, Deserialize)]` to `{Self}`, or `#[state(untracked)]` to the field: then it is never saved"
)]
pub trait Storable: Serialize + Readable {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + Readable> Storable for T {}

/// Whether serde is derived for a state; if not, this is reported, and not once more for each field.
pub struct StorableProbe<T>(PhantomData<T>);

impl<T> No for StorableProbe<T> {}

impl<T: Serialize + DeserializeOwned> StorableProbe<T> {
    pub const YES: bool = true;
}

/// Whether two types are the same.
pub struct SameProbe<T, U>(PhantomData<(T, U)>);

impl<T, U> No for SameProbe<T, U> {}

impl<V> SameProbe<V, V> {
    pub const YES: bool = true;
}

/// The form that the serde attributes of a field give to its values.
pub trait Form<T> {
    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// The form of a field without such attributes: that of its type.
pub struct Plain;

/// The form `F` of a field. `M` is whether a node writes what the field holds: then it is written in this form too.
pub struct With<F, M>(PhantomData<(F, M)>);

/// The form of a value of type `V` that overwrites a field of type `T`, which may be late.
pub trait ValueForm<T, V> {
    fn write<S: Serializer>(value: &V, serializer: S) -> Result<S::Ok, S::Error>;
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<V, D::Error>;
}

impl<T, V: Storable> ValueForm<T, V> for Plain {
    fn write<S: Serializer>(value: &V, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<V, D::Error> {
        V::read(deserializer)
    }
}

impl<T, F: Form<T>, M> ValueForm<T, T> for With<F, M> {
    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        F::write(value, serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        F::read(deserializer)
    }
}

/// The attributes of a late field are for the whole of it.
impl<T: Clone, F: Form<Late<T>>, M> ValueForm<Late<T>, T> for With<F, M> {
    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        F::write(&Late::new(value.clone()), serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        Held::taken(F::read(deserializer)?).ok_or_else(|| serde::de::Error::custom("it reads as not written"))
    }
}

/// The form of what a reducer folds into a field of type `T`.
pub trait MergeForm<T, I> {
    fn write<S: Serializer>(input: &I, serializer: S) -> Result<S::Ok, S::Error>;
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<I, D::Error>;
}

impl<T, I: Storable> MergeForm<T, I> for Plain {
    fn write<S: Serializer>(input: &I, serializer: S) -> Result<S::Ok, S::Error> {
        input.serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<I, D::Error> {
        I::read(deserializer)
    }
}

impl<T, F: Form<T>> MergeForm<T, T> for With<F, Is<true>> {
    fn write<S: Serializer>(input: &T, serializer: S) -> Result<S::Ok, S::Error> {
        F::write(input, serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        F::read(deserializer)
    }
}

impl<T, I: Storable, F> MergeForm<T, I> for With<F, Is<false>> {
    fn write<S: Serializer>(input: &I, serializer: S) -> Result<S::Ok, S::Error> {
        input.serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<I, D::Error> {
        I::read(deserializer)
    }
}

/// The value of a field: what it holds, or what it holds once it has been written.
pub trait Held<V>: Sized {
    fn held(&self) -> Option<&V>;
    fn taken(self) -> Option<V>;
}

impl<V> Held<V> for V {
    fn held(&self) -> Option<&V> {
        Some(self)
    }

    fn taken(self) -> Option<V> {
        Some(self)
    }
}

impl<V> Held<V> for Late<V> {
    fn held(&self) -> Option<&V> {
        self.get()
    }

    fn taken(self) -> Option<V> {
        self.into_option()
    }
}

/// A field's name and reducer, as they are saved.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub name: &'static str,
    pub reducer: Option<&'static str>,
}

/// The key of a state's field with this index.
pub const fn saved_key<S: State>(index: usize) -> Key {
    Key { name: S::FIELDS[index].name, reducer: S::FIELDS[index].reducer }
}

/// The slot of a saved field in its state's update: the field's type is `T`, its form `P`.
pub trait SavedSlot<T, P, Answer>: Sized {
    fn save_field(field: &T, key: Key, fields: &mut FieldWriter) -> Result<(), FieldError>;
    fn save(&self, key: Key, fields: &mut FieldWriter) -> Result<(), FieldError>;
    fn load(saved: SavedField<'_>, key: Key) -> Result<Self, LoadError>;
    fn overwriting(field: T) -> Self;
}

impl<T: Held<V>, V, P: ValueForm<T, V>> SavedSlot<T, P, Is<true>> for Option<V> {
    fn save_field(field: &T, key: Key, fields: &mut FieldWriter) -> Result<(), FieldError> {
        field.held().map_or(Ok(()), |value| save_value::<T, V, P>(value, key, fields))
    }

    fn save(&self, key: Key, fields: &mut FieldWriter) -> Result<(), FieldError> {
        self.as_ref().map_or(Ok(()), |value| save_value::<T, V, P>(value, key, fields))
    }

    fn load(saved: SavedField<'_>, key: Key) -> Result<Self, LoadError> {
        match saved.reducer {
            None => Ok(Some(load_value::<T, V, P>(saved)?)),
            Some(reducer) => Err(other_reducer(reducer, key)),
        }
    }

    fn overwriting(field: T) -> Self {
        field.taken()
    }
}

impl<T, I, P: ValueForm<T, T> + MergeForm<T, I>> SavedSlot<T, P, Is<true>> for Write<T, I> {
    fn save_field(field: &T, key: Key, fields: &mut FieldWriter) -> Result<(), FieldError> {
        save_value::<T, T, P>(field, key, fields)
    }

    fn save(&self, key: Key, fields: &mut FieldWriter) -> Result<(), FieldError> {
        match self {
            Self::Nothing => Ok(()),
            Self::Replace(value) => save_value::<T, T, P>(value, key, fields),
            Self::Merge(input) => fields.field(key.name, key.reducer, |bytes| {
                encode(bytes, |encoder| <P as MergeForm<T, I>>::write(input, encoder))
            }),
        }
    }

    fn load(saved: SavedField<'_>, key: Key) -> Result<Self, LoadError> {
        match saved.reducer {
            None => Ok(Self::Replace(load_value::<T, T, P>(saved)?)),
            Some(reducer) if Some(reducer) != key.reducer => Err(other_reducer(reducer, key)),
            Some(_) => decode(saved.value, |decoder| <P as MergeForm<T, I>>::read(decoder))
                .map(Self::Merge)
                .map_err(|source| LoadError::Field(FieldError { field: Some(key.name.to_owned()), source })),
        }
    }

    fn overwriting(field: T) -> Self {
        Self::Replace(field)
    }
}

fn save_value<T, V, P: ValueForm<T, V>>(value: &V, key: Key, fields: &mut FieldWriter) -> Result<(), FieldError> {
    fields.field(key.name, None, |bytes| encode(bytes, |encoder| <P as ValueForm<T, V>>::write(value, encoder)))
}

fn load_value<T, V, P: ValueForm<T, V>>(saved: SavedField<'_>) -> Result<V, LoadError> {
    decode(saved.value, |decoder| <P as ValueForm<T, V>>::read(decoder))
        .map_err(|source| LoadError::Field(FieldError { field: Some(saved.name.to_owned()), source }))
}

#[cold]
fn other_reducer(saved: &str, key: Key) -> LoadError {
    LoadError::Reducer { field: key.name.to_owned(), saved: saved.to_owned(), now: key.reducer }
}

/// What a field means that the state does not save: nothing if it is untracked now, else it is lost.
#[cold]
pub fn unsaved_field<S: State>(saved: SavedField<'_>) -> Result<FieldSet, LoadError> {
    if S::FIELDS.iter().any(|field| field.name == saved.name) {
        return Ok(FieldSet::EMPTY);
    }
    Err(LoadError::Removed { field: saved.name.to_owned() })
}

/// A stub for a state without serde, which was reported.
impl<T, P, S> SavedSlot<T, P, Is<false>> for S {
    fn save_field(_: &T, _: Key, _: &mut FieldWriter) -> Result<(), FieldError> {
        never()
    }

    fn save(&self, _: Key, _: &mut FieldWriter) -> Result<(), FieldError> {
        never()
    }

    fn load(_: SavedField<'_>, _: Key) -> Result<Self, LoadError> {
        never()
    }

    fn overwriting(_: T) -> Self {
        never()
    }
}
