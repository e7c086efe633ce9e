//! The fields that are always written before each super-step.

use super::{Arms, DataFlow, Last, Precision};
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
                let met = before[next].intersection(after.union(by_arms(topology, flow, flow.steps[next].taken)));
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
    let mut fact = if flow.empty.is_empty() { FieldSet::all::<S>() } else { given::<S>() };
    let mut i = 0;
    while i < flow.last.len() {
        fact = fact.intersection(at_last(topology, flow, &flow.last[i], before));
        i += 1;
    }
    fact
}

/// The fields that are always written when a run ends by this exit (0 for the plain end).
#[must_use]
pub const fn written_at<S: State>(topology: &Topology, flow: &DataFlow, before: &[FieldSet], exit: usize) -> FieldSet {
    let (mut fact, mut i) = (FieldSet::all::<S>(), 0);
    while i < flow.empty.len() {
        if flow.empty[i] == exit {
            fact = fact.intersection(given::<S>());
        }
        i += 1;
    }
    let mut i = 0;
    while i < flow.last.len() {
        if flow.last[i].exit == exit {
            fact = fact.intersection(at_last(topology, flow, &flow.last[i], before));
        }
        i += 1;
    }
    fact
}

/// The fields that are always written when a run ends in this way.
pub(super) const fn at_last(topology: &Topology, flow: &DataFlow, last: &Last, before: &[FieldSet]) -> FieldSet {
    after(topology, flow, last.step, before[last.step]).union(by_arms(topology, flow, last.taken))
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

/// The fields that subgraphs have written if their routers took these arms.
pub(super) const fn by_arms(topology: &Topology, flow: &DataFlow, taken: &[(usize, usize)]) -> FieldSet {
    let (mut fact, mut i) = (FieldSet::EMPTY, 0);
    while i < taken.len() {
        fact = fact.union(by_arm(topology, flow, taken[i]));
        i += 1;
    }
    fact
}

/// The fields that a subgraph always writes at each of the exits that can take this arm.
const fn by_arm(topology: &Topology, flow: &DataFlow, (node, arm): (usize, usize)) -> FieldSet {
    let (mut fact, mut i) = (None, 0);
    while i < flow.arms.len() {
        let Arms { node: known, by_exit } = flow.arms[i];
        let written = topology.nodes[node].info.written_at;
        let mut exit = 0;
        while known == node && exit < by_exit.len() {
            if by_exit[exit] >> arm & 1 == 1 {
                let at = if exit < written.len() { written[exit] } else { FieldSet::EMPTY };
                fact = match fact {
                    None => Some(at),
                    Some(others) => Some(at.intersection(others)),
                };
            }
            exit += 1;
        }
        i += 1;
    }
    match fact {
        None => FieldSet::EMPTY,
        Some(fact) => fact,
    }
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
