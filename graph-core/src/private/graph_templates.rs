//! What `graph!` implements for the enums of a graph, as templates.

#[doc(hidden)]
#[macro_export]
macro_rules! __graph_node {
    ($node:ident $graph:literal { $($variant:ident $name:literal $index:literal,)* }) => {
        #[automatically_derived]
        #[allow(dead_code)]
        impl $node {
            /// The nodes, in the order of their first mention.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The node's name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }

        #[automatically_derived]
        impl $crate::graph::GraphNode for $node {
            const ALL: &'static [Self] = Self::ALL;

            fn index(self) -> usize {
                match self { $(Self::$variant => $index as usize,)* }
            }

            fn name(self) -> &'static str {
                Self::name(self)
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for $node {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(Self::name(*self))
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for $node {
            type Err = $crate::graph::UnknownNode;

            fn from_str(name: &str) -> ::core::result::Result<Self, Self::Err> {
                match name {
                    $($name => ::core::result::Result::Ok(Self::$variant),)*
                    _ => ::core::result::Result::Err($crate::graph::UnknownNode::of::<Self>($graph, name)),
                }
            }
        }

        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $node {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(Self::name(*self))
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $node {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_node(deserializer)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __graph_update {
    ($update:ident $title:literal [$graph:ident $node:ident $state:ty] {
        $($variant:ident $name:literal $index:literal: $member:ty, $written:ty;)*
    }) => {
        #[automatically_derived]
        #[allow(dead_code)]
        impl $update {
            /// The node that wrote it.
            #[must_use]
            pub const fn node(&self) -> $node {
                match *self { $(Self::$variant(_) => $node::$variant,)* }
            }
        }

        #[automatically_derived]
        impl $crate::graph::GraphUpdate<$graph> for $update {
            fn node(&self) -> $node {
                Self::node(self)
            }

            fn into_update(self) -> <$state as $crate::state::State>::Update {
                match self {
                    $(Self::$variant(update) => <$member as $crate::__private::Output<$state>>::into_update(update),)*
                }
            }

            fn as_dyn(&self) -> &dyn $crate::__private::DynUpdate<$state> {
                match *self {
                    $(Self::$variant(ref update) => <$member as $crate::__private::Output<$state>>::as_dyn(update),)*
                }
            }

            fn as_dyn_mut(&mut self) -> &mut dyn $crate::__private::DynUpdate<$state> {
                match *self {
                    $(Self::$variant(ref mut update) => <$member as $crate::__private::Output<$state>>::as_dyn_mut(update),)*
                }
            }
        }

        #[automatically_derived]
        impl ::core::clone::Clone for $update {
            fn clone(&self) -> Self {
                match *self {
                    $(Self::$variant(ref update) => Self::$variant(
                        <$member as $crate::__private::Output<$state>>::clone_update(update),
                    ),)*
                }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $update
        where
            $(for<'any> $written: ::core::fmt::Debug,)*
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let _ = &f;
                match *self {
                    $(Self::$variant(ref update) => f.debug_tuple(::core::stringify!($variant)).field(update).finish(),)*
                }
            }
        }

        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $update
        where
            $(for<'any> $written: $crate::__private::serde::Serialize,)*
        {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let _ = &serializer;
                match *self {
                    $(Self::$variant(ref update) => {
                        serializer.serialize_newtype_variant($title, $index, $name, update)
                    })*
                }
            }
        }

        #[automatically_derived]
        impl $crate::__private::Titled for $update {
            const TITLE: &'static str = $title;
            const NAMES: &'static [&'static str] = &[$($name),*];
        }

        #[automatically_derived]
        impl<'de> $crate::__private::ByNode<'de> for $update
        where
            $(for<'any> $written: $crate::__private::Readable,)*
        {

            fn read<A: $crate::__private::serde::de::VariantAccess<'de>>(
                name: &str,
                value: A,
            ) -> ::core::result::Result<Self, A::Error> {
                let _ = &value;
                match name {
                    $($name => ::core::result::Result::map($crate::__private::read_value(value), Self::$variant),)*
                    _ => $crate::__private::never(),
                }
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $update
        where
            $(for<'any> $written: $crate::__private::Readable,)*
        {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_by_node(deserializer)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __graph_task {
    ($task:ident $title:literal { $($variant:ident $name:literal $index:literal $(($node:ty, $input:ty))?,)* }) => {
        #[automatically_derived]
        impl ::core::clone::Clone for $task {
            fn clone(&self) -> Self {
                match *self { $($crate::__graph_task!(@pattern $variant input $($input)?) => {
                    $crate::__graph_task!(@clone $variant input $($node)?)
                })* }
            }
        }

        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $task
        where
            $($(for<'any> $input: $crate::__private::serde::Serialize,)?)*
        {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let _ = &serializer;
                match *self { $($crate::__graph_task!(@pattern $variant input $($input)?) => {
                    $crate::__graph_task!(@serialize serializer $title $name $index input $($input)?)
                })* }
            }
        }

        #[automatically_derived]
        impl $crate::__private::Titled for $task {
            const TITLE: &'static str = $title;
            const NAMES: &'static [&'static str] = &[$($name),*];
        }

        #[automatically_derived]
        impl<'de> $crate::__private::ByNode<'de> for $task
        where
            $($(for<'any> $input: $crate::__private::Readable,)?)*
        {

            fn read<A: $crate::__private::serde::de::VariantAccess<'de>>(
                name: &str,
                value: A,
            ) -> ::core::result::Result<Self, A::Error> {
                let _ = &value;
                match name {
                    $($name => $crate::__graph_task!(@read $variant value $($input)?),)*
                    _ => $crate::__private::never(),
                }
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $task
        where
            $($(for<'any> $input: $crate::__private::Readable,)?)*
        {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_by_node(deserializer)
            }
        }
    };

    (@pattern $variant:ident $name:ident) => { Self::$variant };
    (@pattern $variant:ident $name:ident $input:ty) => { Self::$variant(ref $name) };
    (@clone $variant:ident $name:ident) => { Self::$variant };
    (@clone $variant:ident $name:ident $node:ty) => { Self::$variant($crate::__private::clone_input::<$node>($name)) };
    (@serialize $out:ident $title:literal $node:literal $index:literal $name:ident) => {
        $out.serialize_unit_variant($title, $index, $node)
    };
    (@serialize $out:ident $title:literal $node:literal $index:literal $name:ident $input:ty) => {
        $out.serialize_newtype_variant($title, $index, $node, $name)
    };
    (@read $variant:ident $value:ident) => {
        ::core::result::Result::map($value.unit_variant(), |()| Self::$variant)
    };
    (@read $variant:ident $value:ident $input:ty) => {
        ::core::result::Result::map($crate::__private::read_value($value), Self::$variant)
    };
}
