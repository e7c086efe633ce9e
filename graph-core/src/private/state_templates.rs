//! Default, Clone, Debug and serde for the generated updates and inputs, as templates.
//!
//! `where for<'any> T: Trait` instead of `where T: Trait`: an unsatisfied bound on a type without parameters is an
//! error, but under a `for` it only makes the impl unavailable. So a state whose fields have no serde compiles, and its
//! update has no serde.

/// The impls of `<State>Update`: every field is optional. Each has its Rust name, the name that serde writes, and those
/// that serde reads.
#[doc(hidden)]
#[macro_export]
macro_rules! __update_data {
    ($update:ident $title:literal { $($field:ident $name:literal $json:literal [$($key:literal)+] : $slot:ty,)* }) => {
        #[automatically_derived]
        impl ::core::default::Default for $update {
            fn default() -> Self {
                Self { $($field: ::core::default::Default::default(),)* }
            }
        }

        #[automatically_derived]
        impl ::core::clone::Clone for $update {
            fn clone(&self) -> Self {
                // Unused where every field has `Clone`.
                #[allow(unused_imports)]
                use $crate::__private::NoClone as _;
                Self { $($field: $crate::__private::Copied(&self.$field).copied(),)* }
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
            fn serialize<__S: $crate::__private::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                use $crate::__private::serde::ser::SerializeStruct as _;
                let count = 0 $(+ ::core::primitive::usize::from($crate::__private::Wire::wire(&self.$field).is_some()))*;
                // Unchanged where there are no fields.
                #[allow(unused_mut)]
                let mut out = serializer.serialize_struct($title, count)?;
                $(match $crate::__private::Wire::wire(&self.$field) {
                    ::core::option::Option::Some(written) => out.serialize_field($json, written)?,
                    ::core::option::Option::None => out.skip_field($json)?,
                })*
                out.end()
            }
        }

        #[automatically_derived]
        impl $crate::__private::Titled for $update {
            const TITLE: &'static str = $title;
            const NAMES: &'static [&'static str] = &[$($($key),+),*];
            const KEYS: &'static [(&'static str, &'static str)] = &[$($(($key, $name)),+),*];
        }

    };
}

/// `Deserialize` of `<State>Update`. A state with a `&'static` field has none: rustc does not see by the bounds that
/// nothing can be deserialized into one, and would report each use of the impl.
#[doc(hidden)]
#[macro_export]
macro_rules! __update_deserialize {
    ($update:ident { $($field:ident $name:literal $json:literal [$($key:literal)+] : $slot:ty,)* }) => {
        #[automatically_derived]
        impl<'de> $crate::__private::Fields<'de> for $update
        where
            $(for<'any> <$slot as $crate::__private::Wire>::Wire: $crate::__private::Readable,)*
        {
            type Partial = Self;

            fn read<__A: $crate::__private::serde::de::MapAccess<'de>>(
                partial: &mut Self,
                name: &str,
                map: &mut __A,
            ) -> ::core::result::Result<(), __A::Error> {
                match name {
                    $($name => partial.$field = $crate::__private::Wire::from_wire($crate::__private::next_value(map)?),)*
                    _ => { let _ = (partial, map); }
                }
                ::core::result::Result::Ok(())
            }

            fn finish<__E: $crate::__private::serde::de::Error>(partial: Self) -> ::core::result::Result<Self, __E> {
                ::core::result::Result::Ok(partial)
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $update
        where
            $(for<'any> <$slot as $crate::__private::Wire>::Wire: $crate::__private::Readable,)*
        {
            fn deserialize<__D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::read_fields(deserializer)
            }
        }
    };
}

/// The impls of `<State>Input` and `<State>Output`: every field is required, except unwritten late fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __input_data {
    ($input:ident $title:literal {
        $($field:ident $name:literal $json:literal [$($key:literal)+] : $ty:ty $(=> $late:ident)?,)*
    }) => {
        #[automatically_derived]
        impl ::core::clone::Clone for $input {
            fn clone(&self) -> Self {
                // Unused where every field has `Clone`.
                #[allow(unused_imports)]
                use $crate::__private::NoClone as _;
                Self { $($field: $crate::__private::Copied(&self.$field).copied(),)* }
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq for $input
        where
            $(for<'any> $ty: ::core::cmp::PartialEq,)*
        {
            fn eq(&self, other: &Self) -> bool {
                let _ = other;
                true $(&& self.$field == other.$field)*
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
            fn serialize<__S: $crate::__private::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                use $crate::__private::serde::ser::SerializeStruct as _;
                let count = 0 $(+ ::core::primitive::usize::from($crate::__input_data!(@is_there self.$field $($late)?)))*;
                // Unchanged where there are no fields.
                #[allow(unused_mut)]
                let mut out = serializer.serialize_struct($title, count)?;
                $(if $crate::__input_data!(@is_there self.$field $($late)?) {
                    out.serialize_field($json, &self.$field)?;
                } else {
                    out.skip_field($json)?;
                })*
                out.end()
            }
        }

        #[automatically_derived]
        impl $crate::__private::Titled for $input {
            const TITLE: &'static str = $title;
            const NAMES: &'static [&'static str] = &[$($($key),+),*];
            const KEYS: &'static [(&'static str, &'static str)] = &[$($(($key, $name)),+),*];
        }
    };

    (@is_there $this:ident.$field:ident) => { true };
    (@is_there $this:ident.$field:ident late) => { $this.$field.is_written() };
}

/// `Deserialize` of `<State>Input` and `<State>Output`; not for those with a `&'static` field.
#[doc(hidden)]
#[macro_export]
macro_rules! __input_deserialize {
    ($input:ident { $($field:ident $name:literal $json:literal [$($key:literal)+] : $ty:ty,)* }) => {
        /// The fields of the input read so far.
        #[doc(hidden)]
        pub struct __Partial {
            $($field: ::core::option::Option<$ty>,)*
        }

        #[automatically_derived]
        impl ::core::default::Default for __Partial {
            fn default() -> Self {
                Self { $($field: ::core::option::Option::None,)* }
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::Fields<'de> for $input
        where
            $(for<'any> $ty: $crate::__private::Readable,)*
        {
            type Partial = __Partial;

            fn read<__A: $crate::__private::serde::de::MapAccess<'de>>(
                partial: &mut __Partial,
                name: &str,
                map: &mut __A,
            ) -> ::core::result::Result<(), __A::Error> {
                match name {
                    $($name => partial.$field = ::core::option::Option::Some($crate::__private::next_value(map)?),)*
                    _ => {}
                }
                ::core::result::Result::Ok(())
            }

            fn finish<__E: $crate::__private::serde::de::Error>(partial: __Partial) -> ::core::result::Result<Self, __E> {
                ::core::result::Result::Ok(Self {
                    $($field: match partial.$field {
                        ::core::option::Option::Some(value) => value,
                        ::core::option::Option::None => $crate::__private::missing($crate::__private::first_of(&[$($key),+]))?,
                    },)*
                })
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $input
        where
            $(for<'any> $ty: $crate::__private::Readable,)*
        {
            fn deserialize<__D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::read_fields(deserializer)
            }
        }
    };
}
