//! States of subgraphs: which fields enter from the parent's state and return to it.

use std::fmt;
use std::ops::Deref;

use super::{CloneUpdate, FieldSet, Outcome, State, Update};
use crate::__private::Generated;
use crate::message::Message;

/// A state whose graphs can be nodes of graphs over `P`.
///
/// Every state can run within itself: such a subgraph works on a copy of its parent's state and returns all writes of
/// its nodes. `#[state(parent = P)]` lets a different state run within `P`: its fields under `#[state(shared)]` are the
/// fields of the same name in `P`; they enter when the subgraph starts and return when it ends.
///
/// A shared field with a reducer returns what the subgraph's nodes wrote to it, for `P` to fold in: so `P` must name the
/// same reducer, which is checked. A shared field without one, or with `reduce = Overwrite`, returns its final value,
/// which replaces the value in `P`, whatever the reducer there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot run inside a graph over `{P}`",
    label = "a graph over `{Self}`",
    note = "write `#[state(parent = {P})]` on `{Self}`, and `#[state(shared)]` on the fields that go in and come out"
)]
pub trait SubgraphState<P>: State {
    /// The payload of a `for` edge to such a subgraph: the state's input if it has fields that `P` does not share, else
    /// `()`.
    type Payload: Clone + Send + Sync + 'static;
    /// The returned values, one for each shared field.
    type Returned: CloneUpdate + Send + Sync + 'static;

    #[doc(hidden)]
    const HAS_TASK_INPUT: bool;
    /// The shared fields, as (index here, index in `P`); `None` if all fields are shared.
    #[doc(hidden)]
    const SHARED: Option<&'static [(usize, usize)]>;
    /// The shared fields that are overwritten in `P`, because they have no reducer here.
    #[doc(hidden)]
    const REPLACED: FieldSet;

    /// The state in which the subgraph starts: what its last call has left, if its thread keeps that, else the initial state;
    /// with the shared fields of the parent.
    #[doc(hidden)]
    fn enter(kept: Option<Self>, parent: &P) -> Self;

    /// The fields that are not shared, and the initial state of the others.
    #[doc(hidden)]
    fn own(&self) -> Self;

    #[doc(hidden)]
    fn input(payload: Self::Payload) -> Option<Self::Input>;

    /// The returned values, from the final state and the combined writes of the subgraph's nodes.
    #[doc(hidden)]
    fn leave(self, written: Option<Self::Update>) -> Self::Returned;

    /// The returned values as an update of `P`, leaving out fields that no node of the subgraph can write.
    #[doc(hidden)]
    fn give_back(shared: Self::Returned, written: FieldSet) -> P::Update
    where
        P: State;

    #[doc(hidden)]
    fn messages(shared: &Self::Returned, visit: &mut dyn FnMut(&[Message]));
}

/// A state whose graphs run within themselves: every one but for a state that shares fields with no parent, which is an
/// error.
#[doc(hidden)]
pub trait RunsInItself {}

impl<S: State + RunsInItself> SubgraphState<S> for S {
    type Payload = ();
    type Returned = S::Update;

    const HAS_TASK_INPUT: bool = false;
    const SHARED: Option<&'static [(usize, usize)]> = None;
    const REPLACED: FieldSet = FieldSet::EMPTY;

    fn enter(_: Option<S>, parent: &S) -> S {
        parent.__clone()
    }

    fn own(&self) -> S {
        S::__initial()
    }

    fn input((): ()) -> Option<S::Input> {
        None
    }

    fn leave(self, written: Option<S::Update>) -> S::Update {
        written.unwrap_or_else(S::__empty_update)
    }

    fn give_back(shared: S::Update, _: FieldSet) -> S::Update {
        shared
    }

    fn messages(shared: &S::Update, visit: &mut dyn FnMut(&[Message])) {
        shared.visit_messages(visit);
    }
}

/// The values returned by a subgraph over `C`: derefs to the fields that it shares with its parent.
///
/// For a state with `#[state(parent = ..)]` these are a struct, `<State>Shared`; for a subgraph over its parent's own
/// state, they are that state's update.
pub struct SubgraphUpdate<C: SubgraphState<P>, P: State> {
    shared: C::Returned,
    /// The fields that the subgraph's nodes may write.
    written: FieldSet,
}

impl<C: SubgraphState<P>, P: State> SubgraphUpdate<C, P> {
    pub(crate) fn new(shared: C::Returned, written: FieldSet) -> Self {
        Self { shared, written }
    }

    /// The values, by value.
    pub fn into_inner(self) -> C::Returned {
        self.shared
    }
}

impl<C: SubgraphState<P>, P: State> Deref for SubgraphUpdate<C, P> {
    type Target = C::Returned;

    fn deref(&self) -> &C::Returned {
        &self.shared
    }
}

impl<C: SubgraphState<P>, P: State> Clone for SubgraphUpdate<C, P> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone_update(), written: self.written }
    }
}

impl<C: SubgraphState<P, Returned: fmt::Debug>, P: State> fmt::Debug for SubgraphUpdate<C, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shared.fmt(f)
    }
}

impl<C: SubgraphState<P, Returned: serde::Serialize>, P: State> serde::Serialize for SubgraphUpdate<C, P> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shared.serialize(serializer)
    }
}

/// All fields count as written: a field that the subgraph only reads has the parent's own value.
impl<'de, C: SubgraphState<P, Returned: serde::Deserialize<'de>>, P: State> serde::Deserialize<'de>
    for SubgraphUpdate<C, P>
{
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        C::Returned::deserialize(deserializer).map(|shared| Self::new(shared, FieldSet::all::<C>()))
    }
}

impl<C: SubgraphState<P>, P: State> Outcome for SubgraphUpdate<C, P> {
    type Update = Self;
    type Route = ();
    type Error = std::convert::Infallible;

    fn into_result(self) -> Result<(Self, ()), std::convert::Infallible> {
        Ok((self, ()))
    }
}

impl<C: SubgraphState<P>, P: State> Update<P> for SubgraphUpdate<C, P> {
    // The graph knows which fields its nodes write: see its `NodeInfo`.
    const WRITES: FieldSet = FieldSet::EMPTY;
    const MUST_WRITE: FieldSet = FieldSet::EMPTY;
    const __GENERATED: Generated = Generated;

    // The subgraph's own nodes have prepared their updates.
    fn prepare(&mut self) {}

    fn into_update(self) -> P::Update {
        C::give_back(self.shared, self.written)
    }

    fn written(&self) -> FieldSet {
        outward::<C, P>(self.written)
    }

    fn visit_messages(&self, visit: &mut dyn FnMut(&[Message])) {
        C::messages(&self.shared, visit);
    }
}

/// Maps fields of a subgraph's state to fields of its parent's state.
pub(crate) const fn outward<C: SubgraphState<P>, P: State>(fields: FieldSet) -> FieldSet {
    let Some(shared) = C::SHARED else { return fields };
    let mut outside = if fields.is_poisoned() { FieldSet::POISONED } else { FieldSet::EMPTY };
    let mut i = 0;
    while i < shared.len() {
        if fields.contains(shared[i].0) {
            outside = outside.union(FieldSet::one(shared[i].1));
        }
        i += 1;
    }
    outside
}
