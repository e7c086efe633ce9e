//! Reads before writes.

use super::path::unwritten;
use super::written::{after, given};
use super::{DataFlow, runs_in};
use crate::graph::Topology;
use crate::graph::text::Text;
use crate::state::{FieldSet, State};

/// A super-step of a node after which its router, which reads these fields, reads one that may be unwritten, and the field.
#[must_use]
pub const fn unwritten_route<S: State>(
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet],
    node: usize,
    reads: FieldSet,
) -> Option<(usize, usize)> {
    let mut m = 0;
    while m < before.len() {
        if runs_in(&flow.steps[m], node).is_some()
            && let Some(field) = missing::<S>(reads, after(topology, flow, m, before[m])).first()
        {
            return Some((m, field));
        }
        m += 1;
    }
    None
}

/// That everything that the router of a node reads has been written when it is asked.
///
/// # Panics
/// If something has not; the message names the field and a way.
#[track_caller]
pub const fn router_reads<S: State, const N: usize>(
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet; N],
    node: usize,
    reads: FieldSet,
) {
    if let Some((step, field)) = unwritten_route::<S>(topology, flow, before, node, reads) {
        let text = Text::new().push("the router behind `").push(topology.nodes[node].name);
        panic!("{}", unwritten::<S, N>(text, topology, flow, step, field).as_str());
    }
}

/// That everything that the router of START reads is in the input.
///
/// # Panics
/// If something is not.
#[track_caller]
pub const fn start_reads<S: State>(reads: FieldSet) {
    let missing = missing::<S>(reads, given::<S>());
    if let Some(field) = missing.first() {
        let text = Text::new().push("the router behind START reads `").push(S::FIELDS[field].name);
        panic!("{}", text.push("`, which no node has written yet; mark it `#[state(input)]`").as_str());
    }
}

/// The late fields among `reads` that may be unwritten; none where a set means nothing.
pub(super) const fn missing<S: State>(reads: FieldSet, written: FieldSet) -> FieldSet {
    if reads.is_poisoned() || written.is_poisoned() {
        return FieldSet::EMPTY;
    }
    reads.intersection(Of::<S>::LATE).minus(written)
}

/// What is asked of a state again and again, worked out once.
struct Of<S>(std::marker::PhantomData<S>);

impl<S: State> Of<S> {
    const LATE: FieldSet = FieldSet::late::<S>();
}
