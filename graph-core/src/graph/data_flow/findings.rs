//! The error of each node, computed once for the whole graph.
//!
//! One constant of a graph holds the findings; the constant at each node, where the error is reported, only looks up
//! its own. Searching all super-steps at every node would cost more than the rest of the expansion.

use super::DataFlow;
use super::races::{Others, contested};
use super::reads::missing;
use crate::graph::Topology;
use crate::state::{FieldSet, State};

/// The error of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// None.
    Nothing,
    /// It chooses its route, but its edges or its router do not use it.
    Unasked,
    /// It writes this field more than once, with a reducer that does not combine.
    Uncombined {
        /// The field.
        field: usize,
    },
    /// It reads a late field that may be unwritten in this super-step.
    ReadsUnwritten {
        /// The super-step.
        step: usize,
        /// The field.
        field: usize,
    },
    /// It can race with this node, mentioned earlier or the same, for this field.
    Races {
        /// The other node.
        other: usize,
        /// The field.
        field: usize,
    },
}

/// The findings of a graph of `N` nodes.
#[must_use]
pub const fn findings<S: State, const N: usize>(
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet],
) -> [Finding; N] {
    let mut found = [Finding::Nothing; N];
    find::<S>(topology, flow, before, &mut found);
    found
}

/// [`findings`] into a slice with an element for each node.
///
/// Of several pairs that race for one field, only the first is found; a node that reads an unwritten field is not
/// checked for races.
pub const fn find<S: State>(topology: &Topology, flow: &DataFlow, before: &[FieldSet], found: &mut [Finding]) {
    let mut node = 0;
    while node < found.len() {
        found[node] = Finding::Nothing;
        node += 1;
    }
    let mut m = 0;
    while m < flow.steps.len() {
        let active = flow.steps[m].active;
        let (mut others, mut b) = (Others::NONE, 0);
        while b < active.len() {
            let (node, many) = active[b];
            let info = &topology.nodes[node].info;
            if many {
                race::<S>(topology, node, node, found);
            }
            if others.may_race::<S>(info) {
                let mut a = 0;
                while a < b {
                    race::<S>(topology, active[a].0, node, found);
                    a += 1;
                }
            }
            others = others.and(info);
            b += 1;
        }
        m += 1;
    }
    let mut p = 0;
    while p < flow.pairs.len() {
        race::<S>(topology, flow.pairs[p].0, flow.pairs[p].1, found);
        p += 1;
    }
    let mut p = 0;
    while p < flow.parallel.len() {
        between_branches::<S>(topology, flow.parallel[p].branches, found);
        p += 1;
    }
    only_the_first_of_a_field(found);

    let mut m = 0;
    while m < flow.steps.len() {
        let active = flow.steps[m].active;
        let mut a = 0;
        while a < active.len() {
            let (node, _) = active[a];
            if !matches!(found[node], Finding::ReadsUnwritten { .. })
                && let Some(field) = missing::<S>(topology.nodes[node].info.reads, before[m]).first()
            {
                found[node] = Finding::ReadsUnwritten { step: m, field };
            }
            a += 1;
        }
        m += 1;
    }

    let mut node = 0;
    while node < found.len() {
        if topology.nodes[node].info.routes && !topology.nodes[node].asked {
            found[node] = Finding::Unasked;
        }
        if let Some(field) = topology.nodes[node].info.uncombinable.first() {
            found[node] = Finding::Uncombined { field };
        }
        node += 1;
    }
}

/// Records the races between nodes of parallel branches. If no field is written by two of them, which is usual, it takes
/// time linear in the number of nodes.
const fn between_branches<S: State>(topology: &Topology, branches: &[&[(usize, u64)]], found: &mut [Finding]) {
    let (mut others, mut b) = (Others::NONE, 0);
    while b < branches.len() {
        let mut i = 0;
        while i < branches[b].len() {
            let (node, when) = branches[b][i];
            if others.may_race::<S>(&topology.nodes[node].info) {
                let mut a = 0;
                while a < b {
                    let mut j = 0;
                    while j < branches[a].len() {
                        if branches[a][j].1 & when != 0 {
                            race::<S>(topology, branches[a][j].0, node, found);
                        }
                        j += 1;
                    }
                    a += 1;
                }
            }
            i += 1;
        }
        let mut i = 0;
        while i < branches[b].len() {
            others = others.and(&topology.nodes[branches[b][i].0].info);
            i += 1;
        }
        b += 1;
    }
}

/// Records a race of two nodes that can run together at the later one; of several others, the first mentioned counts.
const fn race<S: State>(topology: &Topology, a: usize, b: usize, found: &mut [Finding]) {
    let (first, second) = if a < b { (a, b) } else { (b, a) };
    if let Finding::Races { other, .. } = found[second]
        && other <= first
    {
        return;
    }
    if let Some(field) = contested::<S>(&topology.nodes[first].info, &topology.nodes[second].info) {
        found[second] = Finding::Races { other: first, field };
    }
}

const fn only_the_first_of_a_field(found: &mut [Finding]) {
    let mut node = 0;
    while node < found.len() {
        if let Finding::Races { field, .. } = found[node] {
            let mut later = node + 1;
            while later < found.len() {
                if let Finding::Races { field: same, .. } = found[later]
                    && same == field
                {
                    found[later] = Finding::Nothing;
                }
                later += 1;
            }
        }
        node += 1;
    }
}
