//! What `graph!` implements for the enums of a graph, as templates.

/// `Clone`, `Copy` and `Debug` of the graph's type, whatever types it brings with it.
#[doc(hidden)]
#[macro_export]
macro_rules! __graph_data {
    ($graph:ident $(<$brought:ident>)?) => {
        #[automatically_derived]
        impl$(<$brought>)? ::core::clone::Clone for $graph$(<$brought>)? {
            fn clone(&self) -> Self {
                *self
            }
        }

        #[automatically_derived]
        impl$(<$brought>)? ::core::marker::Copy for $graph$(<$brought>)? {}

        #[automatically_derived]
        impl$(<$brought>)? ::core::fmt::Debug for $graph$(<$brought>)? {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(::core::stringify!($graph))
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __graph_node {
    ($node:ident $graph:literal { $($variant:ident $name:literal,)* }) => {
        #[allow(dead_code)]
        impl $node {
            /// The nodes, in the order of their first mention.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            const __NAMES: &'static [&'static str] = &[$($name),*];

            /// The node's place in `ALL`.
            #[must_use]
            pub const fn index(self) -> ::core::primitive::usize {
                $crate::__graph_node!(@index self $($variant)*)
            }

            /// The node's name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                Self::__NAMES[self.index()]
            }
        }

        #[automatically_derived]
        impl $crate::graph::GraphNode for $node {
            const ALL: &'static [Self] = Self::ALL;
            const __GENERATED: $crate::__private::Generated = $crate::__private::Generated;

            fn index(self) -> usize {
                Self::index(self)
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

            fn from_str(name: &str) -> ::core::result::Result<Self, $crate::graph::UnknownNode> {
                $crate::__private::find_node($graph, name)
            }
        }

        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $node {
            fn serialize<__S: $crate::__private::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                serializer.serialize_str(Self::name(*self))
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $node {
            fn deserialize<__D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::read_node(deserializer)
            }
        }
    };

    // An enum without variants cannot be cast to a number.
    (@index $node:ident) => { match $node {} };
    (@index $node:ident $($variant:ident)+) => { $node as ::core::primitive::usize };
}

/// `__Sound` is whether all nodes fit, `__Written` a tuple of all updates, and `__Debug`, `__Saved` and `__Loaded` are
/// whether these have `Debug`, `Serialize` and `Deserialize`. No arm names a type, and what is done with a whole update
/// goes through one `match`: rustc checks each arm of each.
#[doc(hidden)]
#[macro_export]
macro_rules! __graph_update {
    ($update:ident $title:literal [$graph:ident $node:ident] { $($variant:ident $index:literal,)* }) => {
        #[allow(dead_code)]
        impl $update {
            /// The node that wrote it.
            #[must_use]
            pub const fn node(&self) -> $node {
                match *self { $(Self::$variant(_) => $node::$variant,)* }
            }

            #[inline]
            fn __visit<'a, V>(&'a self, visitor: V) -> V::Output
            where
                V: $crate::__private::UpdateVisitor<'a, __State, __Sound, __Debug, __Saved>,
            {
                match *self { $(Self::$variant(ref update) => visitor.visit(update),)* }
            }
        }

        #[automatically_derived]
        impl $crate::graph::GraphUpdate<$graph> for $update {
            fn node(&self) -> $node {
                Self::node(self)
            }

            fn into_update(self) -> <__State as $crate::state::State>::Update {
                fn full<U: $crate::__private::UpdateOrStub<__State, __Sound>>(
                    update: U,
                ) -> <__State as $crate::state::State>::Update {
                    $crate::__private::UpdateOrStub::full(update)
                }
                match self { $(Self::$variant(update) => full(update),)* }
            }

            fn as_dyn(&self) -> &dyn $crate::__private::DynUpdate<__State> {
                self.__visit($crate::__private::AsDyn)
            }

            fn as_dyn_mut(&mut self) -> &mut dyn $crate::__private::DynUpdate<__State> {
                fn held<U: $crate::__private::UpdateOrStub<__State, __Sound>>(
                    update: &mut U,
                ) -> &mut dyn $crate::__private::DynUpdate<__State> {
                    $crate::__private::UpdateOrStub::as_dyn_mut(update)
                }
                match *self { $(Self::$variant(ref mut update) => held(update),)* }
            }
        }

        #[automatically_derived]
        impl ::core::clone::Clone for $update {
            fn clone(&self) -> Self {
                fn repeat<U: $crate::__private::UpdateOrStub<__State, __Sound>>(update: &U) -> U {
                    $crate::__private::UpdateOrStub::repeat(update)
                }
                match *self { $(Self::$variant(ref update) => Self::$variant(repeat(update)),)* }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $update
        where
            for<'any> __Written: ::core::fmt::Debug,
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                const NAMES: &[&str] = &[$(::core::stringify!($variant),)*];
                f.debug_tuple(NAMES[Self::node(self).index()]).field(self.__visit($crate::__private::AsDebug)).finish()
            }
        }

        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $update
        where
            for<'any> __Written: $crate::__private::serde::Serialize,
        {
            fn serialize<__S: $crate::__private::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                let node = Self::node(self);
                let node = (node.index() as ::core::primitive::u32, node.name());
                self.__visit($crate::__private::SaveUpdate { serializer, title: $title, node })
            }
        }

        #[automatically_derived]
        impl $crate::__private::Titled for $update {
            const TITLE: &'static str = $title;
            const NAMES: &'static [&'static str] = $node::__NAMES;
        }

        #[automatically_derived]
        impl $crate::__private::ByNode<'_> for $update
        where
            for<'any> __Written: $crate::__private::Readable,
        {
            #[allow(unused_variables)]
            fn read<'de, __A: $crate::__private::serde::de::VariantAccess<'de>>(
                index: ::core::primitive::usize,
                value: __A,
            ) -> ::core::result::Result<Self, __A::Error> {
                fn load<'de, U: $crate::__private::DeserializeOrStub<__Loaded>, __A: $crate::__private::serde::de::VariantAccess<'de>>(
                    value: __A,
                    update: fn(U) -> $update,
                ) -> ::core::result::Result<$update, __A::Error> {
                    ::core::result::Result::map($crate::__private::DeserializeOrStub::load(value), update)
                }
                match index {
                    $($index => load(value, Self::$variant),)*
                    _ => $crate::__private::never(),
                }
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $update
        where
            for<'any> __Written: $crate::__private::Readable,
        {
            fn deserialize<__D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::read_by_node(deserializer)
            }
        }
    };
}
