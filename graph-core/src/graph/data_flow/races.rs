//! Races between two nodes of one super-step.

use crate::node::NodeInfo;
use crate::state::State;

/// A field that both write so that the order would matter.
pub(super) const fn contested<S: State>(a: &NodeInfo, b: &NodeInfo) -> Option<usize> {
    let both = a.writes.intersection(b.writes);
    if both.is_poisoned() {
        return None;
    }
    let replaced = a.replaces.union(b.replaces);
    let mut i = 0;
    while i < S::FIELDS.len() {
        if both.contains(i) && (S::FIELDS[i].reducer.is_none() || replaced.contains(i)) {
            return Some(i);
        }
        i += 1;
    }
    None
}
