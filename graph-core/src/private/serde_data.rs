//! Default, Clone, Debug and serde for the generated updates and inputs, as templates.
//!
//! `where for<'any> T: Trait` instead of `where T: Trait`: a bound on a type without parameters that does not hold is an
//! error, except under a `for`, where it only makes the impl unavailable. So a state whose fields have no serde works,
//! and its update has none.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::Readable;
use crate::state::Write;

/// A place in a state's update, as it is written down: absent where nothing is written.
pub trait Wire {
    /// What is written down: the value, or the write where there are two kinds of it.
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

/// What a type is called, and its fields or variants.
///
/// Apart from [`Fields`] and [`ByNode`](super::ByNode), whose impls have bounds: rustc 1.95 breaks down over constants in an
/// impl with a bound on a type that is an error itself.
pub trait Titled {
    const TITLE: &'static str;
    const NAMES: &'static [&'static str];
}

/// A struct that is read field by field.
pub trait Fields<'de>: Titled + Sized {
    /// What has been read so far.
    type Partial: Default;
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
        while let Some(name) = map.next_key_seed(Name(T::NAMES))? {
            if seen.contains(&name) {
                return Err(A::Error::duplicate_field(name));
            }
            seen.push(name);
            T::read(&mut partial, name, &mut map)?;
        }
        T::finish(partial)
    }
}

/// Reads one of the known names.
struct Name(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = &'static str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name of a field")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<&'static str, E> {
        self.0.iter().copied().find(|name| *name == text).ok_or_else(|| E::unknown_field(text, self.0))
    }
}

/// The value of a field that is not there: `None` for an `Option`, an error that names the field for all else.
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

/// The data of `<State>Update`: fields that may be absent.
#[doc(hidden)]
#[macro_export]
macro_rules! __update_data {
    ($update:ident $title:literal { $($field:ident $name:literal : $slot:ty,)* }) => {
        #[automatically_derived]
        impl ::core::default::Default for $update {
            fn default() -> Self {
                Self { $($field: ::core::default::Default::default(),)* }
            }
        }

        #[automatically_derived]
        impl ::core::clone::Clone for $update {
            fn clone(&self) -> Self {
                Self { $($field: ::core::clone::Clone::clone(&self.$field),)* }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $update
        where
            $(for<'any> <$slot as $crate::__private::Wire>::Wire: ::core::fmt::Debug,)*
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut out = f.debug_struct($title);
                $(if let ::core::option::Option::Some(written) = $crate::__private::Wire::wire(&self.$field) {
                    out.field($name, written);
                })*
                out.finish()
            }
        }

        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $update
        where
            $(for<'any> <$slot as $crate::__private::Wire>::Wire: $crate::__private::serde::Serialize,)*
        {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                use $crate::__private::serde::ser::SerializeStruct as _;
                let count = 0 $(+ ::core::primitive::usize::from($crate::__private::Wire::wire(&self.$field).is_some()))*;
                #[allow(unused_mut)]
                let mut out = serializer.serialize_struct($title, count)?;
                $(match $crate::__private::Wire::wire(&self.$field) {
                    ::core::option::Option::Some(written) => out.serialize_field($name, written)?,
                    ::core::option::Option::None => out.skip_field($name)?,
                })*
                out.end()
            }
        }

        #[automatically_derived]
        impl $crate::__private::Titled for $update {
            const TITLE: &'static str = $title;
            const NAMES: &'static [&'static str] = &[$($name),*];
        }

        #[automatically_derived]
        impl<'de> $crate::__private::Fields<'de> for $update
        where
            $(for<'any> <$slot as $crate::__private::Wire>::Wire: $crate::__private::Readable,)*
        {
            type Partial = Self;

            fn read<A: $crate::__private::serde::de::MapAccess<'de>>(
                partial: &mut Self,
                name: &str,
                map: &mut A,
            ) -> ::core::result::Result<(), A::Error> {
                match name {
                    $($name => partial.$field = $crate::__private::Wire::from_wire($crate::__private::next_value(map)?),)*
                    _ => { let _ = (partial, map); }
                }
                ::core::result::Result::Ok(())
            }

            fn finish<E: $crate::__private::serde::de::Error>(partial: Self) -> ::core::result::Result<Self, E> {
                ::core::result::Result::Ok(partial)
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $update
        where
            $(for<'any> <$slot as $crate::__private::Wire>::Wire: $crate::__private::Readable,)*
        {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_fields(deserializer)
            }
        }
    };
}

/// The data of `<State>Input`: fields that are all there.
#[doc(hidden)]
#[macro_export]
macro_rules! __input_data {
    ($input:ident $title:literal { $($field:ident $name:literal : $ty:ty,)* }) => {
        #[automatically_derived]
        impl ::core::clone::Clone for $input {
            fn clone(&self) -> Self {
                Self { $($field: ::core::clone::Clone::clone(&self.$field),)* }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $input
        where
            $(for<'any> $ty: ::core::fmt::Debug,)*
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct($title)$(.field($name, &self.$field))*.finish()
            }
        }

        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $input
        where
            $(for<'any> $ty: $crate::__private::serde::Serialize,)*
        {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                use $crate::__private::serde::ser::SerializeStruct as _;
                let count = <Self as $crate::__private::Titled>::NAMES.len();
                #[allow(unused_mut)]
                let mut out = serializer.serialize_struct($title, count)?;
                $(out.serialize_field($name, &self.$field)?;)*
                out.end()
            }
        }

        /// What has been read of the input so far.
        #[doc(hidden)]
        pub struct Partial {
            $($field: ::core::option::Option<$ty>,)*
        }

        #[automatically_derived]
        impl ::core::default::Default for Partial {
            fn default() -> Self {
                Self { $($field: ::core::option::Option::None,)* }
            }
        }

        #[automatically_derived]
        impl $crate::__private::Titled for $input {
            const TITLE: &'static str = $title;
            const NAMES: &'static [&'static str] = &[$($name),*];
        }

        #[automatically_derived]
        impl<'de> $crate::__private::Fields<'de> for $input
        where
            $(for<'any> $ty: $crate::__private::Readable,)*
        {
            type Partial = Partial;

            fn read<A: $crate::__private::serde::de::MapAccess<'de>>(
                partial: &mut Partial,
                name: &str,
                map: &mut A,
            ) -> ::core::result::Result<(), A::Error> {
                match name {
                    $($name => partial.$field = ::core::option::Option::Some($crate::__private::next_value(map)?),)*
                    _ => {}
                }
                ::core::result::Result::Ok(())
            }

            fn finish<E: $crate::__private::serde::de::Error>(partial: Partial) -> ::core::result::Result<Self, E> {
                ::core::result::Result::Ok(Self {
                    $($field: match partial.$field {
                        ::core::option::Option::Some(value) => value,
                        ::core::option::Option::None => $crate::__private::missing($name)?,
                    },)*
                })
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $input
        where
            $(for<'any> $ty: $crate::__private::Readable,)*
        {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_fields(deserializer)
            }
        }
    };
}
