//! The return types of nodes.

use std::marker::PhantomData;

use super::never;
use crate::node::NodeResult;
use crate::state::{FieldSet, NodeOutput, Update};

/// What a node over `S` may return: [`NodeOutput`] with an update of `S`, as one bound.
#[diagnostic::on_unimplemented(
    message = "a node over `{S}` cannot return `{Self}`",
    label = "not an update of `{S}`",
    note = "a node returns its update: a struct with `#[derive(Update)] #[update({S})]`, or a `NodeResult` of one"
)]
pub trait Returns<S> {
    type Update: Update<S>;
    type Route;
    fn into_result(self) -> NodeResult<(Self::Update, Self::Route)>;
}

#[diagnostic::do_not_recommend]
impl<S, R: NodeOutput<S, Update: Update<S>>> Returns<S> for R {
    type Update = R::Update;
    type Route = R::Route;

    fn into_result(self) -> NodeResult<(R::Update, R::Route)> {
        NodeOutput::into_result(self)
    }
}

/// The conversion of a `Return` into an update of `S`.
pub trait NodeReturn<S> {
    type Return;
    type Update;
    type Route;
    const WRITES: FieldSet;
    const MUST_WRITE: FieldSet;
    const REPLACES: FieldSet;

    fn into_result(returned: Self::Return) -> NodeResult<(Self::Update, Self::Route)>;
}

/// The conversion of a valid return type.
pub struct RealOutput<R>(PhantomData<fn() -> R>);

impl<S, R: Returns<S>> NodeReturn<S> for RealOutput<R> {
    type Return = R;
    type Update = R::Update;
    type Route = R::Route;
    const WRITES: FieldSet = <R::Update as Update<S>>::WRITES;
    const MUST_WRITE: FieldSet = <R::Update as Update<S>>::MUST_WRITE;
    const REPLACES: FieldSet = <R::Update as Update<S>>::REPLACES;

    fn into_result(returned: R) -> NodeResult<(R::Update, R::Route)> {
        returned.into_result()
    }
}

/// A stub for an invalid return type, which was reported. Its field sets are poisoned, so that the checks stay silent.
pub struct StubOutput<R, U, T = ()>(PhantomData<(R, U, T)>);

impl<S, R, U, T> NodeReturn<S> for StubOutput<R, U, T> {
    type Return = R;
    type Update = U;
    type Route = T;
    const WRITES: FieldSet = FieldSet::POISONED;
    const MUST_WRITE: FieldSet = FieldSet::POISONED;
    const REPLACES: FieldSet = FieldSet::POISONED;

    fn into_result(_: R) -> NodeResult<(U, T)> {
        never()
    }
}
