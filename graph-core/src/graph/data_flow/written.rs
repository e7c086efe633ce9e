//! The fields that are always written before each super-step.

use super::{DataFlow, Precision};
use crate::graph::Topology;
use crate::state::{FieldSet, State, Update};

/// The fields that are always written before each super-step: the greatest fixed point. `N` is the number of
/// super-steps.
#[must_use]
pub const fn written<S: State, const N: usize>(topology: &Topology, flow: &DataFlow) -> [FieldSet; N] {
    let mut before = [FieldSet::EMPTY; N];
    solve::<S>(topology, flow, &mut before);
    before
}

/// [`written`] into a slice with an element for each super-step.
pub const fn solve<S: State>(topology: &Topology, flow: &DataFlow, before: &mut [FieldSet]) {
    let mut m = 0;
    while m < before.len() {
        before[m] = FieldSet::all::<S>();
        m += 1;
    }
    let mut i = 0;
    while i < flow.first.len() {
        before[flow.first[i]] = given::<S>();
        i += 1;
    }
    let mut changed = true;
    while changed {
        changed = false;
        let mut m = 0;
        while m < before.len() {
            let mut fact = before[m];
            let mut j = 0;
            while j < flow.steps[m].joins.len() {
                fact = fact.intersection(united(topology, flow, before, flow.steps[m].joins[j]));
                j += 1;
            }
            changed |= !same(fact, before[m]);
            before[m] = fact;
            let after = after(topology, flow, m, fact);
            let mut n = 0;
            while n < flow.steps[m].next.len() {
                let next = flow.steps[m].next[n];
                let met = before[next].intersection(after);
                changed |= !same(met, before[next]);
                before[next] = met;
                n += 1;
            }
            m += 1;
        }
    }
}

/// The fields that are always written when a run ends, by whatever exit.
#[must_use]
pub const fn written_at_end<S: State>(topology: &Topology, flow: &DataFlow, before: &[FieldSet]) -> FieldSet {
    let mut fact = if flow.can_be_empty { given::<S>() } else { FieldSet::all::<S>() };
    let mut i = 0;
    while i < flow.last.len() {
        let last = flow.last[i];
        fact = fact.intersection(after(topology, flow, last, before[last]));
        i += 1;
    }
    fact
}

/// The fields written when a run begins: those that its input always writes, and those that are not late.
pub(super) const fn given<S: State>() -> FieldSet {
    FieldSet::all::<S>().minus(FieldSet::late::<S>()).union(<S::Input as Update<S>>::MUST_WRITE)
}

/// The fields that are always written after a super-step.
pub(super) const fn after(topology: &Topology, flow: &DataFlow, step: usize, before: FieldSet) -> FieldSet {
    let mut fact = before;
    let mut a = 0;
    while a < flow.steps[step].active.len() {
        let (node, many) = flow.steps[step].active[a];
        if !many || !matches!(flow.precision, Precision::Coarse) {
            fact = fact.union(topology.nodes[node].info.must_write);
        }
        a += 1;
    }
    fact
}

const fn united(topology: &Topology, flow: &DataFlow, before: &[FieldSet], group: &[usize]) -> FieldSet {
    let mut fact = FieldSet::EMPTY;
    let mut i = 0;
    while i < group.len() {
        fact = fact.union(after(topology, flow, group[i], before[group[i]]));
        i += 1;
    }
    fact
}

const fn same(a: FieldSet, b: FieldSet) -> bool {
    a.minus(b).is_empty() && b.minus(a).is_empty()
}
