//! The return types of nodes.

use std::marker::PhantomData;

use super::{No, Select, never};
use crate::graph::text::Text;
use crate::node::{IntoNodeError, NodeResult};
use crate::state::{FieldSet, NodeOutput, Outcome, State, Update};

/// What a node over `S` may return: [`NodeOutput`] with an update of `S`, as one bound.
#[diagnostic::on_unimplemented(
    message = "a node over `{S}` cannot return `{Self}`",
    label = "not an update of `{S}`",
    note = "a node returns its update: writes such as `{S}Write::Field`, a struct with `#[derive(Update)] #[update({S})]`, or a `NodeResult` of one"
)]
pub trait Returns<S> {
    type Update: Update<S>;
    type Route;
    const ROUTES: bool;
    fn into_result(self) -> NodeResult<(Self::Update, Self::Route)>;
}

#[diagnostic::do_not_recommend]
impl<S, R: NodeOutput<S> + Outcome<Update: Update<S>, Error: IntoNodeError>> Returns<S> for R {
    type Update = R::Update;
    type Route = R::Route;
    const ROUTES: bool = R::ROUTES;

    fn into_result(self) -> NodeResult<(R::Update, R::Route)> {
        Outcome::into_result(self).map_err(IntoNodeError::into_node_error)
    }
}

/// Whether a node may return `R`, over whatever state.
pub struct OutcomeProbe<R>(PhantomData<R>);

impl<R> No for OutcomeProbe<R> {}

impl<R: Outcome> OutcomeProbe<R> {
    pub const YES: bool = true;
}

impl<R> Select<true> for OutcomeProbe<R> {
    type Type = R;
}

impl<R> Select<false> for OutcomeProbe<R> {
    type Type = StubOutcome<R>;
}

/// A stub for what no node returns: it is taken for an update.
pub struct StubOutcome<R>(PhantomData<R>);

impl<R> Outcome for StubOutcome<R> {
    type Update = R;
    type Route = ();
    type Error = std::convert::Infallible;

    fn into_result(self) -> Result<(R, ()), std::convert::Infallible> {
        never()
    }
}

/// Checks that a node writes each of its fields once.
///
/// # Panics
/// If it writes one of them twice.
#[track_caller]
pub const fn writes_once<S: State, O: NodeReturn<S>>() {
    let twice = match O::TWICE.first() {
        Some(twice) if twice < S::FIELDS.len() && !O::TWICE.is_poisoned() => S::FIELDS[twice].name,
        _ => return,
    };
    let text = Text::new().push("this writes `").push(twice).push("` twice, and only one of the values would stay");
    panic!("{}", text.push("; leave one of the two writes out").as_str());
}

/// The conversion of a `Return` into an update of `S`.
pub trait NodeReturn<S> {
    type Return;
    type Update;
    type Route;
    const WRITES: FieldSet;
    const MUST_WRITE: FieldSet;
    const REPLACES: FieldSet;
    const TWICE: FieldSet = FieldSet::EMPTY;
    /// Whether the node decides where to go.
    const ROUTES: bool = false;
    /// The update and the route, if the node is sound: what its cache keeps.
    type CachedUpdate;
    type CachedRoute;

    fn into_result(returned: Self::Return) -> NodeResult<(Self::Update, Self::Route)>;
}

/// The conversion of a valid return type.
pub struct RealOutput<R>(PhantomData<fn() -> R>);

impl<S, R: Returns<S>> NodeReturn<S> for RealOutput<R> {
    type Return = R;
    type Update = R::Update;
    type Route = R::Route;
    // A field that is written twice was reported: the checks of the graph stay silent.
    const WRITES: FieldSet = if Self::TWICE.is_empty() { <R::Update as Update<S>>::WRITES } else { FieldSet::POISONED };
    const MUST_WRITE: FieldSet = <R::Update as Update<S>>::MUST_WRITE;
    const REPLACES: FieldSet = <R::Update as Update<S>>::REPLACES;
    const TWICE: FieldSet = <R::Update as Update<S>>::TWICE;
    const ROUTES: bool = R::ROUTES;
    type CachedUpdate = R::Update;
    type CachedRoute = R::Route;

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
    type CachedUpdate = ();
    type CachedRoute = ();

    fn into_result(_: R) -> NodeResult<(U, T)> {
        never()
    }
}
