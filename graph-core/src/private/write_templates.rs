//! The impls of a state's writes, `<State>Write::<Field>`, and of any update that is one.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::{Readable, missing, next_value};

/// The type that a node writes to a field: the impl stands where the state does, so that its names mean the same, and
/// the module of writes asks for it by a marker of its own.
pub trait FieldType {
    type Type;
    /// Whether a field that is spelled `Late` is one.
    const IS_LATE: bool = false;
}

/// An update is what a node may return, alone or in a result.
#[doc(hidden)]
#[macro_export]
macro_rules! __own_outcome {
    ([$($update:tt)+] [$($state:tt)+] $(where $($bound:tt)+)?) => {
        #[automatically_derived]
        impl $crate::state::Outcome for $($update)+ {
            type Update = Self;
            type Route = ();
            type Error = ::core::convert::Infallible;

            fn into_result(self) -> ::core::result::Result<(Self, ()), ::core::convert::Infallible> {
                ::core::result::Result::Ok((self, ()))
            }
        }

        #[automatically_derived]
        impl $crate::state::NodeOutput<$($state)+> for $($update)+ $(where $($bound)+)? {
            type Failure = ::core::convert::Infallible;
        }
    };
}

/// The impls of a write: of an update with one field.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_data {
    (
        $module:ident::$write:ident $marker:ident $title:literal
        $field:ident $json:literal [$($key:literal)+] $index:literal $state:ident [$($assumed:tt)*]
    ) => {
        #[automatically_derived]
        impl ::core::clone::Clone for $module::$write
        where
            for<'any> <$module::$marker as $crate::__private::FieldType>::Type: ::core::clone::Clone,
        {
            fn clone(&self) -> Self {
                Self(::core::clone::Clone::clone(&self.0))
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $module::$write
        where
            for<'any> <$module::$marker as $crate::__private::FieldType>::Type: ::core::fmt::Debug,
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_tuple($title).field(&self.0).finish()
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq for $module::$write
        where
            for<'any> <$module::$marker as $crate::__private::FieldType>::Type: ::core::cmp::PartialEq,
        {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $module::$write
        where
            for<'any> <$module::$marker as $crate::__private::FieldType>::Type: $crate::__private::serde::Serialize,
        {
            fn serialize<__S: $crate::__private::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                use $crate::__private::serde::ser::SerializeStruct as _;
                let mut out = serializer.serialize_struct($title, 1)?;
                out.serialize_field($json, &self.0)?;
                out.end()
            }
        }

        #[automatically_derived]
        impl $crate::state::Update<$state> for $module::$write
        where
            for<'any> <$module::$marker as $crate::__private::FieldType>::Type: $crate::__private::Writable,
            $($assumed)*
        {
            const __GENERATED: $crate::__private::Generated = $crate::__private::Generated;
            const WRITES: $crate::state::FieldSet = $crate::state::FieldSet::one($index);
            const MUST_WRITE: $crate::state::FieldSet = $crate::state::FieldSet::one($index);

            fn prepare(&mut self) {
                <$state as $crate::state::State>::prepare_write($index, &mut self.0);
            }

            fn into_update(self) -> <$state as $crate::state::State>::Update {
                let mut update = <$state as $crate::state::State>::__empty_update();
                $crate::__private::Slot::put(&mut update.$field, self.0);
                update
            }

            fn written(&self) -> $crate::state::FieldSet {
                $crate::state::FieldSet::one($index)
            }

            fn visit_messages(&self, visit: &mut dyn ::core::ops::FnMut(&[$crate::__private::Message])) {
                visit(<$state as $crate::state::State>::messages_in($index, &self.0));
            }
        }

        $crate::__own_outcome! {
            [$module::$write] [$state]
            where for<'any> <$module::$marker as $crate::__private::FieldType>::Type: ::core::clone::Clone,
        }
    };
}

/// `Deserialize` of a write; not for a `&'static` field.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_deserialize {
    ($module:ident::$write:ident $marker:ident $title:literal [$($key:literal)+]) => {
        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $module::$write
        where
            for<'any> <$module::$marker as $crate::__private::FieldType>::Type: $crate::__private::Readable,
        {
            fn deserialize<__D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::read_field(deserializer, $title, &[$($key),+]).map(Self)
            }
        }
    };
}

/// What a field of an update is.
pub trait Writable: Clone + Send + Sync + 'static {}

impl<T: Clone + Send + Sync + 'static> Writable for T {}

/// Reads a struct with one field, which may have several names.
pub fn read_field<'de, T: Readable, D: Deserializer<'de>>(
    deserializer: D,
    title: &'static str,
    names: &'static [&'static str],
) -> Result<T, D::Error> {
    deserializer.deserialize_struct(title, names, FieldVisitor(title, names, PhantomData))
}

struct FieldVisitor<T>(&'static str, &'static [&'static str], PhantomData<T>);

impl<'de, T: Readable> Visitor<'de> for FieldVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the field of `{}`", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut value = None;
        while let Some(name) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            if !self.1.contains(&&*name) {
                return Err(A::Error::unknown_field(&name, self.1));
            }
            if value.replace(next_value(&mut map)?).is_some() {
                return Err(A::Error::duplicate_field(self.1[0]));
            }
        }
        value.map_or_else(|| missing(self.1[0]), Ok)
    }
}
