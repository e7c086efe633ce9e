//! Probes: one mistake, one error.
//!
//! Generated code names a node, a reducer and a return type many times, and an unsatisfied bound is an error at each.
//! So each is required to satisfy its bound once, where rustc reports it; everywhere else, generated code uses what a
//! probe has selected: the type itself if it satisfies the bound, otherwise a stub that satisfies every bound.
//!
//! A probe is a type with an inherent constant `YES = true` under the bound. If the bound is not satisfied, `YES` is
//! that of the trait [`No`] instead. This works for types without parameters only, as states and graphs are.

mod stubs;

use std::marker::PhantomData;

pub use self::stubs::{StubFn, StubNode, UserState};
use self::stubs::{StubReducer, StubState};
use super::{Returns, never};
use crate::graph::{Graph, Subgraph, SubgraphNode};
use crate::node::{Node, NodeFn};
use crate::state::{Combine, Reducer, State};

/// The answer of a probe whose bound is not satisfied.
pub trait No {
    const YES: bool = false;
}

/// An answer as a type. Each mention of a constant in a type is a separate constant to rustc and takes time; an alias
/// of this type is not.
pub struct Is<const YES: bool>;

/// The type that a probe selects, by its answer.
pub trait Select<const YES: bool> {
    type Type;
}

/// Whether `R` is a reducer for `T`.
pub struct ReducerProbe<R, T>(PhantomData<(R, T)>);

impl<R, T> No for ReducerProbe<R, T> {}

impl<R: Reducer<T>, T> ReducerProbe<R, T> {
    pub const YES: bool = true;
}

impl<R, T> Select<true> for ReducerProbe<R, T> {
    type Type = R;
}

impl<R, T> Select<false> for ReducerProbe<R, T> {
    type Type = StubReducer;
}

/// Whether two inputs of `R` for `T` can be combined, and how.
pub struct CombineProbe<R, T>(PhantomData<(R, T)>);

impl<R, T> No for CombineProbe<R, T> {}

impl<R: Combine<T>, T> CombineProbe<R, T> {
    pub const YES: bool = true;

    pub fn combine(first: &mut R::Input, then: R::Input) {
        R::combine(first, then);
    }
}

/// A stub for reducers without [`Combine`]: a graph that would need it does not compile.
pub trait Uncombined<I> {
    fn combine(_: &mut I, _: I) {
        never::<()>();
    }
}

impl<R: Reducer<T>, T> Uncombined<R::Input> for CombineProbe<R, T> {}

/// Whether a node over `S` may return `R`, which contains the update `U` and the route `T`.
pub struct OutputProbe<R, U, T, S>(PhantomData<(R, U, T, S)>);

impl<R, U, T, S> No for OutputProbe<R, U, T, S> {}

impl<R: Returns<S, Update = U, Route = T>, U, T, S> OutputProbe<R, U, T, S> {
    pub const YES: bool = true;
}

impl<R, U, T, S> Select<true> for OutputProbe<R, U, T, S> {
    type Type = super::RealOutput<R>;
}

impl<R, U, T, S> Select<false> for OutputProbe<R, U, T, S> {
    type Type = super::StubOutput<R, U, T>;
}

/// Whether `S` is a state.
pub struct StateProbe<S>(PhantomData<S>);

impl<S> No for StateProbe<S> {}

impl<S: State> StateProbe<S> {
    pub const YES: bool = true;
}

impl<S> Select<true> for StateProbe<S> {
    type Type = S;
}

impl<S> Select<false> for StateProbe<S> {
    type Type = StubState<S>;
}

/// `N` if its graph (at first, the graph's state) is sound, otherwise a stub: the error is reported elsewhere.
pub trait NodeOrStub<Answer> {
    type Type;
}

impl<N> NodeOrStub<Is<true>> for N {
    type Type = N;
}

impl<N> NodeOrStub<Is<false>> for N {
    type Type = StubNode<N>;
}

/// Whether `N` is a node, of whatever graph.
pub struct FnProbe<N>(PhantomData<N>);

impl<N> No for FnProbe<N> {}

impl<N: NodeFn> FnProbe<N> {
    pub const YES: bool = true;
}

impl<N> Select<true> for FnProbe<N> {
    type Type = N;
}

impl<N> Select<false> for FnProbe<N> {
    type Type = StubFn;
}

/// Whether `N` is a graph: then the node is a [`Subgraph`], otherwise `N` itself.
pub struct GraphProbe<N, S>(PhantomData<(N, S)>);

impl<N, S> No for GraphProbe<N, S> {}

impl<N: Graph, S> GraphProbe<N, S> {
    pub const YES: bool = true;
}

impl<N, S> Select<true> for GraphProbe<N, S> {
    type Type = Subgraph<N, S>;
}

impl<N, S> Select<false> for GraphProbe<N, S> {
    type Type = N;
}

/// Whether `N` is a subgraph node.
pub struct InnerProbe<N>(PhantomData<N>);

impl<N> No for InnerProbe<N> {}

impl<N: SubgraphNode> InnerProbe<N> {
    pub const YES: bool = true;
}

impl<N> Select<true> for InnerProbe<N> {
    type Type = N;
}

impl<N> Select<false> for InnerProbe<N> {
    type Type = StubFn;
}

/// Whether `N` is a graph, for graphs whose nodes call it.
pub struct CalledProbe<N>(PhantomData<N>);

impl<N> No for CalledProbe<N> {}

impl<N: Graph> CalledProbe<N> {
    pub const YES: bool = true;
}

impl<N> Select<true> for CalledProbe<N> {
    type Type = Subgraph<N, ()>;
}

impl<N> Select<false> for CalledProbe<N> {
    type Type = StubFn;
}

/// Whether `N` is a node of `G`.
pub struct NodeProbe<N, S, G>(PhantomData<(N, S, G)>);

impl<N, S, G> No for NodeProbe<N, S, G> {}

impl<N: Node<S, G>, S: State, G: Graph> NodeProbe<N, S, G> {
    pub const YES: bool = true;
}

impl<N, S, G> Select<true> for NodeProbe<N, S, G> {
    type Type = N;
}

impl<N, S, G> Select<false> for NodeProbe<N, S, G> {
    type Type = StubNode<N>;
}
