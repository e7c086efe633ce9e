//! One mistake, one error: what stands in for what does not fit.
//!
//! Generated code names a node, a reducer and a return type in many places, and a bound that does not hold is an error in
//! each of them. So each is named by its bound in one place, where rustc says what is wrong with it; everywhere else stands
//! what a probe has chosen: the thing itself if it fits, and else a stub that fits everything.
//!
//! A probe is a type with an inherent `YES = true` under the bound. Where the bound does not hold, the name `YES` is that of
//! the trait [`No`] instead. It works for types without parameters only, which is what a state and a graph are.

use std::future::Future;
use std::marker::PhantomData;

use super::{Returns, never};
use crate::context::Context;
use crate::graph::{Graph, Subgraph, SubgraphNode};
use crate::message::Message;
use crate::node::{Node, NodeFn, NodeInfo, Returned};
use crate::state::{Combine, Field, FieldSet, Reducer, State, Update};

/// The answer of a probe under whose bound the answer is not yes.
pub trait No {
    const YES: bool = false;
}

/// An answer as a type. Each mention of a constant in a type is a constant of its own to rustc, and takes its time; an
/// alias of this is not.
pub struct Is<const YES: bool>;

/// What a probe stands for, by its answer.
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
    type Type = crate::state::Overwrite;
}

/// Whether of two inputs of `R` for `T` one can be made, and how.
pub struct CombineProbe<R, T>(PhantomData<(R, T)>);

impl<R, T> No for CombineProbe<R, T> {}

impl<R: Combine<T>, T> CombineProbe<R, T> {
    pub const YES: bool = true;

    pub fn combine(first: &mut R::Input, then: R::Input) {
        R::combine(first, then);
    }
}

/// How two inputs become one where their reducer does not say: a graph that would have to know does not compile.
pub trait Uncombined<I> {
    fn combine(_: &mut I, _: I) {
        never::<()>();
    }
}

impl<R: Reducer<T>, T> Uncombined<R::Input> for CombineProbe<R, T> {}

/// Whether a node over `S` may return `R`, with the update `U` and the route `T` in it.
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

/// Stands in for a state that is none: one without fields.
pub struct StubState<S>(PhantomData<fn() -> S>);

#[diagnostic::do_not_recommend]
impl<S: 'static> State for StubState<S> {
    const NAME: &'static str = "";
    const FIELDS: &'static [Field] = &[];
    type Update = StubUpdate;
    type Input = StubUpdate;
    type Output = Self;

    fn __fresh() -> Self {
        Self(PhantomData)
    }

    fn __copy(&self) -> Self {
        Self(PhantomData)
    }

    fn __nothing() -> StubUpdate {
        StubUpdate
    }

    fn apply(&mut self, _: StubUpdate) {}
}

/// Stands in for the update of a state that is none.
#[derive(Clone)]
pub struct StubUpdate;

#[diagnostic::do_not_recommend]
impl<S: 'static> Update<StubState<S>> for StubUpdate {
    const WRITES: FieldSet = FieldSet::EMPTY;
    const MUST_WRITE: FieldSet = FieldSet::EMPTY;
    const __GENERATED: super::Generated = super::Generated;

    fn prepare(&mut self) {}

    fn into_update(self) -> <StubState<S> as State>::Update {
        self
    }

    fn written(&self) -> FieldSet {
        FieldSet::EMPTY
    }

    fn visit_messages(&self, _: &mut dyn FnMut(&[Message])) {}
}

/// The user's own type behind what stands for a state, which is that type or a stub.
pub trait Behind<S> {
    fn behind(&self) -> &S;
}

impl<S> Behind<S> for S {
    fn behind(&self) -> &S {
        self
    }
}

impl<S> Behind<S> for StubState<S> {
    fn behind(&self) -> &S {
        never()
    }
}

/// `N` where all is well with its graph (or, at first, with the graph's state), and else what fits every graph: what is
/// wrong is said elsewhere.
pub trait NodeOrStub<Answer> {
    type Type;
}

impl<N> NodeOrStub<Is<true>> for N {
    type Type = N;
}

impl<N> NodeOrStub<Is<false>> for N {
    type Type = StubNode<N>;
}

/// Whether `N` is a node of any graph.
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

/// Whether `N` is a graph: then the node is a [`Subgraph`], and else what it says.
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

/// Whether something can come from inside of `N`: whether it is a graph.
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

/// Whether `N` is a graph, which nodes of another run inside themselves.
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

/// Stands in for what is no node at all.
pub enum StubFn {}

impl NodeFn for StubFn {
    type Input = ();
    type Update = ();
    type Route = ();
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

/// Stands in for a node of another graph: takes and gives what that takes and gives.
pub struct StubNode<N>(PhantomData<fn() -> N>);

impl<N: NodeFn> NodeFn for StubNode<N> {
    type Input = N::Input;
    type Update = N::Update;
    type Route = N::Route;
}

impl<N: NodeFn, S, G: Graph> Node<S, G> for StubNode<N> {
    const INFO: NodeInfo = NodeInfo {
        name: "",
        reads: FieldSet::one(usize::MAX),
        writes: FieldSet::one(usize::MAX),
        must_write: FieldSet::one(usize::MAX),
        replaces: FieldSet::one(usize::MAX),
        uncombined: FieldSet::EMPTY,
        inner: None,
        takes_input: false,
        input: "",
        is_async: false,
        routes: false,
        policy: crate::node::Policy::NONE,
    };
    type Output = super::StubOutput<N::Update, N::Update, N::Route>;

    fn run(_: N::Input, _: &S, _: &Context<G>) -> impl Future<Output = Returned<Self>> + Send {
        NeverDone(PhantomData)
    }
}

/// A future that never gives what it promises.
struct NeverDone<T>(PhantomData<fn() -> T>);

impl<T> Future for NeverDone<T> {
    type Output = T;

    fn poll(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<T> {
        never()
    }
}
