//! Deserialization by a trait without a lifetime.

use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, VariantAccess};

/// What can be deserialized: every `DeserializeOwned`.
///
/// A generated impl has one bound for each node or field, and two of them may be equal. rustc cannot choose between
/// equal bounds on a trait with a lifetime, as `Deserialize` is; this one has none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Deserialize`",
    note = "add `#[derive(Deserialize)]` to `{Self}`"
)]
pub trait Readable: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// The input does not fit.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Readable for T {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer)
    }
}

/// What a task's input is read as, if it is [`Readable`].
///
/// rustc checks a bound without a parameter where the impl is. There it would report a `&'static str`, which no saved value
/// can become again, though nothing is saved; a bound with a lifetime it checks where the impl is used. The index is that
/// of the node: no two bounds are equal.
pub trait ReadableInput<'any, const NODE: usize>: Sized {
    /// Reads the value of a variant.
    ///
    /// # Errors
    /// The input does not fit.
    fn read_input<'de, A: VariantAccess<'de>>(value: A) -> Result<Self, A::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Readable, const NODE: usize> ReadableInput<'_, NODE> for T {
    fn read_input<'de, A: VariantAccess<'de>>(value: A) -> Result<Self, A::Error> {
        read_value(value)
    }
}

/// The value of a map's next key.
pub fn next_value<'de, T: Readable, A: MapAccess<'de>>(map: &mut A) -> Result<T, A::Error> {
    map.next_value_seed(Read(PhantomData))
}

/// The value of a variant.
pub fn read_value<'de, T: Readable, A: VariantAccess<'de>>(value: A) -> Result<T, A::Error> {
    value.newtype_variant_seed(Read(PhantomData))
}

struct Read<T>(PhantomData<T>);

impl<'de, T: Readable> DeserializeSeed<'de> for Read<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}
