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
use crate::graph::Graph;
use crate::node::{Node, NodeFn, NodeInfo, NodeResult};
use crate::state::{FieldSet, Reducer, State};

/// The answer of a probe under whose bound the answer is not yes.
pub trait No {
    const YES: bool = false;
}

/// What a probe stands for, by its answer.
pub trait Chosen<const YES: bool> {
    type Type;
}

/// Whether `R` is a reducer for `T`.
pub struct ReducerProbe<R, T>(PhantomData<(R, T)>);

impl<R, T> No for ReducerProbe<R, T> {}

impl<R: Reducer<T>, T> ReducerProbe<R, T> {
    pub const YES: bool = true;
}

impl<R, T> Chosen<true> for ReducerProbe<R, T> {
    type Type = R;
}

impl<R, T> Chosen<false> for ReducerProbe<R, T> {
    type Type = crate::state::Overwrite;
}

/// Whether a node over `S` may return `R`, with the update `U` in it.
pub struct OutputProbe<R, U, S>(PhantomData<(R, U, S)>);

impl<R, U, S> No for OutputProbe<R, U, S> {}

impl<R: Returns<S, Update = U>, U, S: State> OutputProbe<R, U, S> {
    pub const YES: bool = true;
}

impl<R, U, S> Chosen<true> for OutputProbe<R, U, S> {
    type Type = super::RealOutput<R>;
}

impl<R, U, S> Chosen<false> for OutputProbe<R, U, S> {
    type Type = super::StubOutput<R, U>;
}

/// Whether `N` is a node of any graph.
pub struct FnProbe<N>(PhantomData<N>);

impl<N> No for FnProbe<N> {}

impl<N: NodeFn> FnProbe<N> {
    pub const YES: bool = true;
}

impl<N> Chosen<true> for FnProbe<N> {
    type Type = N;
}

impl<N> Chosen<false> for FnProbe<N> {
    type Type = StubFn;
}

/// Stands in for what is no node at all.
pub enum StubFn {}

impl NodeFn for StubFn {
    type Input = ();
    type Update = ();
}

/// Whether `N` is a node of `G`.
pub struct NodeProbe<N, S, G>(PhantomData<(N, S, G)>);

impl<N, S, G> No for NodeProbe<N, S, G> {}

impl<N: Node<S, G>, S: State, G: Graph> NodeProbe<N, S, G> {
    pub const YES: bool = true;
}

impl<N, S, G> Chosen<true> for NodeProbe<N, S, G> {
    type Type = N;
}

impl<N, S, G> Chosen<false> for NodeProbe<N, S, G> {
    type Type = StubNode<N>;
}

/// Stands in for a node of another graph: takes and gives what that takes and gives.
pub struct StubNode<N>(PhantomData<fn() -> N>);

impl<N: NodeFn> NodeFn for StubNode<N> {
    type Input = N::Input;
    type Update = N::Update;
}

impl<N: NodeFn, S: State, G: Graph> Node<S, G> for StubNode<N> {
    const INFO: NodeInfo = NodeInfo {
        name: "",
        reads: FieldSet::one(usize::MAX),
        writes: FieldSet::one(usize::MAX),
        must_write: FieldSet::one(usize::MAX),
        replaces: FieldSet::one(usize::MAX),
        takes_input: false,
        policy: crate::node::Policy::NONE,
    };
    type Output = super::StubOutput<N::Update, N::Update>;

    fn run(_: N::Input, _: &S, _: &Context<G>) -> impl Future<Output = NodeResult<N::Update>> + Send {
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
