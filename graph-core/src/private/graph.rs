//! The functions behind the enums of a graph.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, VariantAccess, Visitor};

use super::{Titled, never};
use crate::graph::{Graph, GraphNode, UnknownNode};

/// Reads a node by its name.
pub fn read_node<'de, N: FromStr<Err = UnknownNode>, D: Deserializer<'de>>(deserializer: D) -> Result<N, D::Error> {
    struct NodeName<N>(PhantomData<N>);

    impl<N: FromStr<Err = UnknownNode>> Visitor<'_> for NodeName<N> {
        type Value = N;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the name of a node")
        }

        fn visit_str<E: Error>(self, name: &str) -> Result<N, E> {
            name.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(NodeName(PhantomData))
}

/// The node with this name.
pub fn find_node<N: GraphNode>(graph: &'static str, name: &str) -> Result<N, UnknownNode> {
    N::ALL.iter().copied().find(|node| node.name() == name).ok_or_else(|| UnknownNode::of::<N>(graph, name))
}

/// The task of a node without a task input.
pub fn task_of<G: Graph>(node: G::Node) -> G::Task {
    G::task(node).unwrap_or_else(never)
}

/// An enum with a variant for each node of a graph, serialized as `{"node": value}`.
///
/// The lifetime is unused; see [`ReadableInput`](super::ReadableInput).
pub trait ByNode<'any>: Titled + Sized {
    fn read<'de, A: VariantAccess<'de>>(index: usize, value: A) -> Result<Self, A::Error>;
}

pub fn read_by_node<'any, 'de, T: ByNode<'any>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct ByNodeVisitor<'any, T>(PhantomData<&'any ()>, PhantomData<T>);

    impl<'any, 'de, T: ByNode<'any>> Visitor<'de> for ByNodeVisitor<'any, T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a `{}` under the name of its node", T::TITLE)
        }

        fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<T, A::Error> {
            let (index, value) = data.variant_seed(Name(T::NAMES))?;
            T::read(index, value)
        }
    }

    deserializer.deserialize_enum(T::TITLE, T::NAMES, ByNodeVisitor(PhantomData, PhantomData))
}

/// Deserializes one of the known names as its index.
struct Name(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a node")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<usize, E> {
        self.0.iter().position(|name| *name == text).ok_or_else(|| E::unknown_variant(text, self.0))
    }

    fn visit_u64<E: Error>(self, index: u64) -> Result<usize, E> {
        let known = usize::try_from(index).ok().filter(|index| *index < self.0.len());
        known.ok_or_else(|| E::custom(format_args!("there is no node {index}")))
    }
}
