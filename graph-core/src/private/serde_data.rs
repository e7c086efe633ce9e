//! The functions and traits behind the serde of generated updates and inputs.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::Readable;
use crate::state::Write;

/// The serialized form of a slot in a state's update; `None` if it writes nothing.
pub trait Wire {
    /// The serialized type: the value, or the write if there are two kinds.
    type Wire;
    fn wire(&self) -> Option<&Self::Wire>;
    fn from_wire(wire: Self::Wire) -> Self;
}

impl<T> Wire for Option<T> {
    type Wire = T;

    fn wire(&self) -> Option<&T> {
        self.as_ref()
    }

    fn from_wire(wire: T) -> Self {
        Some(wire)
    }
}

impl<T, I> Wire for Write<T, I> {
    type Wire = Self;

    fn wire(&self) -> Option<&Self> {
        (!self.is_nothing()).then_some(self)
    }

    fn from_wire(wire: Self) -> Self {
        wire
    }
}

/// The serialized names of a type and of its fields or variants.
///
/// Separate from [`Fields`] and [`ByNode`](super::ByNode), whose impls have bounds: rustc 1.95 fails on constants in an
/// impl whose bound is on an erroneous type.
pub trait Titled {
    const TITLE: &'static str;
    const NAMES: &'static [&'static str];
    /// The names of fields as serde reads them, and in Rust.
    const KEYS: &'static [(&'static str, &'static str)] = &[];
}

/// The name under which serde reads a field if it has no alias.
pub const fn first_of<const N: usize>(keys: &'static [&'static str; N]) -> &'static str {
    keys[0]
}

/// A struct that is deserialized field by field.
pub trait Fields<'de>: Titled + Sized {
    /// The fields read so far.
    type Partial: Default;
    /// Reads the field with this name in Rust.
    fn read<A: MapAccess<'de>>(partial: &mut Self::Partial, name: &str, map: &mut A) -> Result<(), A::Error>;
    fn finish<E: Error>(partial: Self::Partial) -> Result<Self, E>;
}

pub fn read_fields<'de, T: Fields<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::TITLE, T::NAMES, FieldsVisitor(PhantomData))
}

struct FieldsVisitor<T>(PhantomData<T>);

impl<'de, T: Fields<'de>> Visitor<'de> for FieldsVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the fields of `{}`", T::TITLE)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut partial = T::Partial::default();
        let mut seen = Vec::new();
        while let Some((key, name)) = map.next_key_seed(Key { names: T::NAMES, keys: T::KEYS })? {
            if seen.contains(&name) {
                return Err(A::Error::duplicate_field(key));
            }
            seen.push(name);
            T::read(&mut partial, name, &mut map)?;
        }
        T::finish(partial)
    }
}

/// Deserializes one of the known names, into itself and the field's name in Rust.
struct Key {
    names: &'static [&'static str],
    keys: &'static [(&'static str, &'static str)],
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = (&'static str, &'static str);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = (&'static str, &'static str);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name of a field")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let known = self.keys.iter().copied().find(|(key, _)| *key == text);
        known.ok_or_else(|| E::unknown_field(text, self.names))
    }
}

/// The value of a missing field: `None` for an `Option`, otherwise an error that names the field.
pub fn missing<T: Readable, E: Error>(name: &'static str) -> Result<T, E> {
    struct Missing<E>(&'static str, PhantomData<E>);

    impl<'de, E: Error> Deserializer<'de> for Missing<E> {
        type Error = E;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
            Err(E::missing_field(self.0))
        }

        fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            visitor.visit_none()
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
            newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }

    T::read(Missing(name, PhantomData))
}
