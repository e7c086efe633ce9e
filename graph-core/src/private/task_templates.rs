//! What `graph!` implements for the task enum of a graph, as a template.

/// A task without an input serializes as its node.
#[doc(hidden)]
#[macro_export]
macro_rules! __graph_task {
    ($task:ident $title:literal [$graph:ident $node:ident] { $($variant:ident $index:literal ($function:ty, $input:ty),)* }) => {
        #[automatically_derived]
        impl ::core::clone::Clone for $task {
            fn clone(&self) -> Self {
                match self {
                    $(Self::$variant(input) => Self::$variant($crate::__private::clone_input::<$function>(input)),)*
                    #[allow(unreachable_patterns)]
                    _ => $crate::__private::task_of::<$graph>(<$graph as $crate::graph::Graph>::node_of(self)),
                }
            }
        }

        #[automatically_derived]
        impl $crate::__private::serde::Serialize for $task
        where
            $(for<'any> $input: $crate::__private::serde::Serialize,)*
        {
            fn serialize<__S: $crate::__private::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                let node = <$graph as $crate::graph::Graph>::node_of(self);
                let (index, name) = (node.index() as ::core::primitive::u32, node.name());
                match self {
                    $(Self::$variant(input) => serializer.serialize_newtype_variant($title, index, name, input),)*
                    #[allow(unreachable_patterns)]
                    _ => serializer.serialize_unit_variant($title, index, name),
                }
            }
        }

        #[automatically_derived]
        impl $crate::__private::Titled for $task {
            const TITLE: &'static str = $title;
            const NAMES: &'static [&'static str] = $node::__NAMES;
        }

        #[automatically_derived]
        impl<'any> $crate::__private::ByNode<'any> for $task
        where
            $($input: $crate::__private::ReadableInput<'any, $index>,)*
        {
            fn read<'de, __A: $crate::__private::serde::de::VariantAccess<'de>>(
                index: ::core::primitive::usize,
                value: __A,
            ) -> ::core::result::Result<Self, __A::Error> {
                match index {
                    $($index => ::core::result::Result::map(
                        <$input as $crate::__private::ReadableInput<'any, $index>>::read_input(value),
                        Self::$variant,
                    ),)*
                    _ => ::core::result::Result::map(value.unit_variant(), |()| {
                        $crate::__private::task_of::<$graph>($node::ALL[index])
                    }),
                }
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $task
        where
            $($input: $crate::__private::ReadableInput<'de, $index>,)*
        {
            fn deserialize<__D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::__private::read_by_node::<'de, 'de, Self, __D>(deserializer)
            }
        }

        #[automatically_derived]
        impl<'any> $crate::__private::SavedTask<'any> for $task
        where
            $(
                for<'x> $crate::__private::Is<{ <$function as $crate::__private::NodeFn>::OWNED }>: $crate::__private::Owned<$input>,
                for<'x> $input: $crate::__private::StorableInput<'any, $index>,
            )*
        {
            fn save(
                &self,
            ) -> ::core::result::Result<$crate::__private::Vec<::core::primitive::u8>, $crate::checkpoint::FormatError> {
                $crate::__private::write_task(self)
            }

            fn load(
                bytes: &[::core::primitive::u8],
            ) -> ::core::result::Result<Self, $crate::checkpoint::FormatError> {
                $crate::__private::read_task(bytes)
            }
        }
    };
}
