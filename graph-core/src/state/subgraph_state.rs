//! A state inside another: what goes into a subgraph, and what comes back out of it.

use std::fmt;
use std::ops::Deref;

use super::{FieldSet, Repeated, State, Update};
use crate::message::Message;

/// A state whose graphs can be nodes of graphs over `P`.
///
/// Every state can run within itself: such a subgraph works on a copy of its parent's state, and all that its nodes write
/// comes back. `#[state(parent = P)]` lets a state of its own run within `P`: its fields under `#[state(shared)]`
/// are `P`'s of the same name; they go in when the subgraph starts and come back when it has ended.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot run inside a graph over `{P}`",
    label = "a graph over `{Self}`",
    note = "write `#[state(parent = {P})]` on `{Self}`, and `#[state(shared)]` on the fields that go in and come out"
)]
pub trait SubgraphState<P>: State {
    /// What a `for` edge sends to such a subgraph: the state's input where it has fields that `P` does not share; else `()`.
    type Payload: Clone + Send + Sync + 'static;
    /// What comes back: a value a shared field.
    type Shared: Repeated + Send + Sync + 'static;

    #[doc(hidden)]
    const TAKES_INPUT: bool;
    /// The shared fields, as (place here, place in `P`); `None` where all are.
    #[doc(hidden)]
    const SHARED: Option<&'static [(usize, usize)]>;
    /// The shared fields that are replaced in `P`, because no reducer folds them here.
    #[doc(hidden)]
    const REPLACED: FieldSet;

    /// The state in which the subgraph starts.
    #[doc(hidden)]
    fn enter(parent: &P) -> Self;

    #[doc(hidden)]
    fn input(payload: Self::Payload) -> Option<Self::Input>;

    /// What comes back of the state in which it ended, its nodes having written this.
    #[doc(hidden)]
    fn leave(self, written: Option<Self::Update>) -> Self::Shared;

    /// The same as a write to `P`; what none of its nodes can have written is left alone.
    #[doc(hidden)]
    fn give_back(shared: Self::Shared, written: FieldSet) -> P::Update
    where
        P: State;

    #[doc(hidden)]
    fn messages(shared: &Self::Shared, visit: &mut dyn FnMut(&[Message]));
}

impl<S: State> SubgraphState<S> for S {
    type Payload = ();
    type Shared = S::Update;

    const TAKES_INPUT: bool = false;
    const SHARED: Option<&'static [(usize, usize)]> = None;
    const REPLACED: FieldSet = FieldSet::EMPTY;

    fn enter(parent: &S) -> S {
        parent.__copy()
    }

    fn input((): ()) -> Option<S::Input> {
        None
    }

    fn leave(self, written: Option<S::Update>) -> S::Update {
        written.unwrap_or_else(S::__nothing)
    }

    fn give_back(shared: S::Update, _: FieldSet) -> S::Update {
        shared
    }

    fn messages(shared: &S::Update, visit: &mut dyn FnMut(&[Message])) {
        shared.visit_messages(visit);
    }
}

/// What came back out of a subgraph over `C`: derefs to the values of the fields that it shares with its parent.
///
/// Of a state with `#[state(parent = ..)]` these are a struct, `<State>Shared`; of a subgraph over its parent's own state,
/// they are that state's update.
pub struct SubgraphUpdate<C: SubgraphState<P>, P: State> {
    shared: C::Shared,
    /// What the subgraph's nodes may have written.
    written: FieldSet,
}

impl<C: SubgraphState<P>, P: State> SubgraphUpdate<C, P> {
    pub(crate) fn new(shared: C::Shared, written: FieldSet) -> Self {
        Self { shared, written }
    }

    /// The values, taken out.
    pub fn into_inner(self) -> C::Shared {
        self.shared
    }
}

impl<C: SubgraphState<P>, P: State> Deref for SubgraphUpdate<C, P> {
    type Target = C::Shared;

    fn deref(&self) -> &C::Shared {
        &self.shared
    }
}

impl<C: SubgraphState<P>, P: State> Clone for SubgraphUpdate<C, P> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.repeated(), written: self.written }
    }
}

impl<C: SubgraphState<P, Shared: fmt::Debug>, P: State> fmt::Debug for SubgraphUpdate<C, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shared.fmt(f)
    }
}

impl<C: SubgraphState<P, Shared: serde::Serialize>, P: State> serde::Serialize for SubgraphUpdate<C, P> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shared.serialize(serializer)
    }
}

/// What was read counts as written: a value that a subgraph has read only is the parent's own.
impl<'de, C: SubgraphState<P, Shared: serde::Deserialize<'de>>, P: State> serde::Deserialize<'de>
    for SubgraphUpdate<C, P>
{
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        C::Shared::deserialize(deserializer).map(|shared| Self::new(shared, FieldSet::all::<C>()))
    }
}

impl<C: SubgraphState<P>, P: State> Update<P> for SubgraphUpdate<C, P> {
    // Which fields a graph's nodes may write, the graph knows: see the node that it is.
    const WRITES: FieldSet = FieldSet::EMPTY;
    const MUST_WRITE: FieldSet = FieldSet::EMPTY;

    // What is not pure was done when the subgraph's own nodes ended.
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

/// A set of fields of a subgraph's state, as the fields of its parent's that they are.
pub(crate) const fn outward<C: SubgraphState<P>, P: State>(fields: FieldSet) -> FieldSet {
    let Some(shared) = C::SHARED else { return fields };
    let mut outside = if fields.is_poisoned() { FieldSet::one(usize::MAX) } else { FieldSet::EMPTY };
    let mut i = 0;
    while i < shared.len() {
        if fields.contains(shared[i].0) {
            outside = outside.union(FieldSet::one(shared[i].1));
        }
        i += 1;
    }
    outside
}
