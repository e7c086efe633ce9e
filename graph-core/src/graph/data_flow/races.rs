//! Races between two nodes of one super-step.

use std::marker::PhantomData;

use crate::node::NodeInfo;
use crate::state::{FieldSet, State};

/// A field for which two nodes race.
pub(super) const fn contested<S: State>(a: &NodeInfo, b: &NodeInfo) -> Option<usize> {
    let both = a.writes.intersection(b.writes);
    if both.is_poisoned() {
        return None;
    }
    both.intersection(Of::<S>::WITHOUT_REDUCER.union(a.replaces).union(b.replaces)).first()
}

/// Nodes of one super-step, and the fields that any of them writes.
#[derive(Clone, Copy)]
pub(super) struct Others {
    writes: FieldSet,
    replaces: FieldSet,
}

impl Others {
    pub(super) const NONE: Self = Self { writes: FieldSet::EMPTY, replaces: FieldSet::EMPTY };

    pub(super) const fn and(self, node: &NodeInfo) -> Self {
        Self { writes: self.writes.union(node.writes), replaces: self.replaces.union(node.replaces) }
    }

    /// Whether a node may race with any of them. If not, the pairs need not be checked.
    pub(super) const fn may_race<S: State>(self, node: &NodeInfo) -> bool {
        let both = self.writes.intersection(node.writes);
        let order_matters = Of::<S>::WITHOUT_REDUCER.union(self.replaces).union(node.replaces);
        !both.intersection(order_matters).is_empty()
    }
}

/// A constant of the state, computed once.
struct Of<S>(PhantomData<S>);

impl<S: State> Of<S> {
    const WITHOUT_REDUCER: FieldSet = {
        let mut set = FieldSet::EMPTY;
        let mut i = 0;
        while i < S::FIELDS.len() {
            if S::FIELDS[i].reducer.is_none() {
                set = set.union(FieldSet::one(i));
            }
            i += 1;
        }
        set
    };
}
