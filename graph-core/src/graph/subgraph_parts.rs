//! The parts of a graph's subgraphs, typed.

use std::any::Any;

use super::Graph;
use super::unsaved::FieldName;
use crate::run::Part;
use crate::run::kind::{Kind, Whole};

/// The items of a graph without subgraphs: uninhabited, so a `match` needs no arm for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSubgraphs {}

impl serde::Serialize for NoSubgraphs {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}

impl SubgraphOrigin for NoSubgraphs {
    fn __origin(&self) -> (&'static str, Option<&'static str>) {
        match *self {}
    }
}

/// Where an item of a stream [with subgraphs](crate::run::Run::subgraphs) comes from, whichever subgraph that is: for
/// code that treats all of them alike, and would have the same arm for each.
///
/// The namespace beside the item names the tasks around it; the item's `Debug` has the names of the variants.
///
/// Only `graph!` implements it, for `<Graph>Subgraph`.
pub trait SubgraphOrigin {
    /// The graph and the node.
    #[doc(hidden)]
    fn __origin(&self) -> (&'static str, Option<&'static str>);

    /// The innermost graph: the one whose run the item is of.
    fn graph(&self) -> &'static str {
        self.__origin().0
    }

    /// The node in that graph; `None` if this kind of item names none: values, custom events, tokens, checkpoints, and
    /// the events of a whole graph.
    fn node(&self) -> Option<&'static str> {
        self.__origin().1
    }
}

/// The items of a graph that is a node of itself are boxed.
impl<T: SubgraphOrigin> SubgraphOrigin for Box<T> {
    fn __origin(&self) -> (&'static str, Option<&'static str>) {
        T::__origin(self)
    }
}

/// A graph that declares `calls C;`: its nodes may run `C` as a child, see
/// [`Run::as_child_of`](crate::run::Run::as_child_of). Only `graph!` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say that its nodes run `{C}`",
    label = "nothing in `{Self}` would show what happens inside `{C}`",
    note = "add `calls {C};` to `{Self}`"
)]
pub trait Calls<C>: Graph {
    /// The index of `C` among the graph's subgraphs.
    #[doc(hidden)]
    const INDEX: usize;
}

/// A part of a child run, or of one of its own child runs.
#[doc(hidden)]
#[expect(missing_debug_implementations, reason = "only expansions name it")]
pub enum ChildPart<C: Graph> {
    Own(Part<C>),
    Nested(C::SubgraphItem<Whole>),
}

/// A subgraph node, for its parent graph.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a graph",
    label = "not a graph",
    note = "the name of a graph begins with a capital letter, that of a node's function with a small one"
)]
pub trait SubgraphNode: 'static {
    type Item<K: Kind>: Send + 'static;
    type Nested<K: Kind>: SubgraphOrigin + Send + 'static;
    type Unsaved: FieldName;

    fn origin<K: Kind>(item: &Self::Item<K>) -> (&'static str, Option<&'static str>);

    fn select<K: Kind>(whole: Self::Item<Whole>) -> Option<Self::Item<K>>;
    fn select_nested<K: Kind>(whole: Self::Nested<Whole>) -> Option<Self::Nested<K>>;
}

/// A graph that is a node of itself: the nested items are boxed, or the type would have no finite size.
#[doc(hidden)]
#[derive(Debug)]
pub struct Recursive<N>(N);

impl<N: SubgraphNode> SubgraphNode for Recursive<N> {
    type Item<K: Kind> = N::Item<K>;
    type Nested<K: Kind> = Box<N::Nested<K>>;
    type Unsaved = N::Unsaved;

    fn origin<K: Kind>(item: &N::Item<K>) -> (&'static str, Option<&'static str>) {
        N::origin::<K>(item)
    }

    fn select<K: Kind>(whole: N::Item<Whole>) -> Option<N::Item<K>> {
        N::select(whole)
    }

    fn select_nested<K: Kind>(whole: Self::Nested<Whole>) -> Option<Self::Nested<K>> {
        N::select_nested(*whole).map(Box::new)
    }
}

/// The value, if it is of the type `B`.
#[doc(hidden)]
pub fn same<A: 'static, B: 'static>(value: A) -> Option<B> {
    (&mut Some(value) as &mut dyn Any).downcast_mut::<Option<B>>().and_then(Option::take)
}
