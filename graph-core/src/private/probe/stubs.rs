//! The stubs that a probe selects if its bound is not satisfied. They satisfy every bound, so that a mistake is reported
//! once.

use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::__private::{DerivedState, RunsInItself, StubOutput, never};
use crate::context::Context;
use crate::graph::Graph;
use crate::message::Message;
use crate::node::{Node, NodeFn, NodeInfo, TaskResult};
use crate::state::{Field, FieldSet, Reducer, RunOutput, State, Update};

/// A stub for a type that is no state: it has no fields.
pub struct StubState<S>(PhantomData<fn() -> S>);

impl<S> DerivedState for StubState<S> {
    type Full = StubUpdate;
}

impl<S> RunsInItself for StubState<S> {}

#[diagnostic::do_not_recommend]
impl<S: 'static> State for StubState<S> {
    const NAME: &'static str = "";
    const FIELDS: &'static [Field] = &[];
    type Update = StubUpdate;
    type Input = StubUpdate;
    type Output = Self;
    type Values = Self;

    fn __initial() -> Self {
        Self(PhantomData)
    }

    fn __clone(&self) -> Self {
        Self(PhantomData)
    }

    fn __empty_update() -> StubUpdate {
        StubUpdate
    }

    fn apply(&mut self, _: StubUpdate) {}
}

impl<S: 'static> RunOutput<Self> for StubState<S> {
    fn __from_state(state: &Arc<Self>) -> Result<Arc<Self>, &'static str> {
        Ok(state.clone())
    }

    fn __into_owned(_: Arc<Self>) -> Self {
        never()
    }
}

/// The update of [`StubState`].
#[derive(Clone)]
pub struct StubUpdate;

#[diagnostic::do_not_recommend]
impl<S: 'static> Update<StubState<S>> for StubUpdate {
    const WRITES: FieldSet = FieldSet::EMPTY;
    const MUST_WRITE: FieldSet = FieldSet::EMPTY;
    const __GENERATED: super::super::Generated = super::super::Generated;

    fn prepare(&mut self) {}

    fn into_update(self) -> <StubState<S> as State>::Update {
        self
    }

    fn written(&self) -> FieldSet {
        FieldSet::EMPTY
    }

    fn visit_messages(&self, _: &mut dyn FnMut(&[Message])) {}
}

/// A stub for a reducer that does not fit. It folds, so that no race is reported beside it.
pub enum StubReducer {}

#[diagnostic::do_not_recommend]
impl<T> Reducer<T> for StubReducer {
    type Input = T;

    fn reduce(_: &mut T, _: T) {
        never::<()>();
    }
}

/// The user's type, given that type or its stub.
pub trait UserState<S> {
    fn user_state(&self) -> &S;
}

impl<S> UserState<S> for S {
    fn user_state(&self) -> &S {
        self
    }
}

impl<S> UserState<S> for StubState<S> {
    fn user_state(&self) -> &S {
        never()
    }
}

/// A stub for a type that is no node.
pub enum StubFn {}

impl NodeFn for StubFn {
    type Input = ();
    type Update = ();
    type Route = ();
}

/// A stub for a node of another graph, with the same input, update and route.
pub struct StubNode<N>(PhantomData<fn() -> N>);

impl<N: NodeFn> NodeFn for StubNode<N> {
    type Input = N::Input;
    type Update = N::Update;
    type Route = N::Route;
}

impl<N: NodeFn, S, G: Graph> Node<S, G> for StubNode<N> {
    const INFO: NodeInfo = NodeInfo::STUB;
    type Output = StubOutput<N::Update, N::Update, N::Route>;

    fn run(_: N::Input, _: &S, _: &Context<G>) -> impl Future<Output = TaskResult<Self>> + Send {
        NeverDone(PhantomData)
    }
}

/// A future that never completes: stubs never run.
struct NeverDone<T>(PhantomData<fn() -> T>);

impl<T> Future for NeverDone<T> {
    type Output = T;

    fn poll(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<T> {
        never()
    }
}
