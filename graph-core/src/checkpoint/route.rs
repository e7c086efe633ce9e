//! The saved form of a route that a task has decided.

use serde::Serialize;

use super::FormatError;
use super::format::{decode, encode};
use crate::__private::Readable;
use crate::graph::NoRoute;

/// The routes of a graph, if they can be saved: its enum has a variant for each node that decides its route. The lifetime
/// is unused; see [`ReadableInput`](crate::__private::ReadableInput).
#[doc(hidden)]
pub trait SavedRoute<'any>: Sized {
    fn save(&self) -> Result<Vec<u8>, FormatError>;
    /// Reads the route of the node with this index.
    fn load(node: usize, bytes: &[u8]) -> Result<Self, FormatError>;
}

impl SavedRoute<'_> for NoRoute {
    fn save(&self) -> Result<Vec<u8>, FormatError> {
        match *self {}
    }

    fn load(_: usize, _: &[u8]) -> Result<Self, FormatError> {
        Err(no_route())
    }
}

/// Why a saved route cannot be loaded: its node has changed since.
pub fn no_route() -> FormatError {
    "the node decides no route".into()
}

/// A route that can be saved, so that a task that has decided does not run again to decide.
#[diagnostic::on_unimplemented(
    message = "`{Self}` must be `Serialize + Deserialize` to be checkpointed",
    label = "a node decides its route with it",
    note = "add `#[derive(Serialize, Deserialize)]` to `{Self}`"
)]
pub trait StorableRoute<'any>: Sized {
    #[doc(hidden)]
    fn write(&self) -> Result<Vec<u8>, FormatError>;
    #[doc(hidden)]
    fn read(bytes: &[u8]) -> Result<Self, FormatError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + Readable> StorableRoute<'_> for T {
    fn write(&self) -> Result<Vec<u8>, FormatError> {
        let mut bytes = Vec::new();
        encode(&mut bytes, |encoder| self.serialize(encoder))?;
        Ok(bytes)
    }

    fn read(bytes: &[u8]) -> Result<Self, FormatError> {
        decode(bytes, |decoder| Readable::read(decoder))
    }
}

/// The impl of `SavedRoute` for the routes of a graph.
#[doc(hidden)]
#[macro_export]
macro_rules! __graph_route {
    ($route:ident { $($variant:ident $index:literal $owned:tt $ty:ty,)* }) => {
        #[automatically_derived]
        impl<'any> $crate::__private::SavedRoute<'any> for $route
        where
            $(
                for<'x> $crate::__private::Is<$owned>: $crate::__private::Owned<$ty>,
                $ty: $crate::__private::StorableRoute<'any>,
            )*
        {
            fn save(
                &self,
            ) -> ::core::result::Result<$crate::__private::Vec<::core::primitive::u8>, $crate::checkpoint::FormatError> {
                match self {
                    $(Self::$variant(route) => <$ty as $crate::__private::StorableRoute<'any>>::write(route),)*
                }
            }

            fn load(
                node: ::core::primitive::usize,
                bytes: &[::core::primitive::u8],
            ) -> ::core::result::Result<Self, $crate::checkpoint::FormatError> {
                match node {
                    $($index => ::core::result::Result::map(
                        <$ty as $crate::__private::StorableRoute<'any>>::read(bytes),
                        Self::$variant,
                    ),)*
                    _ => ::core::result::Result::Err($crate::__private::no_route()),
                }
            }
        }
    };
}

/// The exits of a graph: all of them, and serde by their names.
#[doc(hidden)]
#[macro_export]
macro_rules! __graph_exit {
    ($exit:ident { $($variant:ident $name:literal,)* }) => {
        #[automatically_derived]
        impl $crate::__private::Exits for $exit {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];
        }

        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $exit {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(match self { $(Self::$variant => $name,)* })
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $exit {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let name: $crate::__private::String = $crate::__private::serde::Deserialize::deserialize(deserializer)?;
                match &*name {
                    $($name => ::core::result::Result::Ok(Self::$variant),)*
                    _ => ::core::result::Result::Err(
                        <D::Error as $crate::__private::serde::de::Error>::unknown_variant(&name, &[$($name),*]),
                    ),
                }
            }
        }
    };
}
