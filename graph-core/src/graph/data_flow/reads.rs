//! Reads before writes.

use super::path::unwritten;
use super::written::{after, given};
use super::{DataFlow, runs_in};
use crate::graph::Topology;
use crate::graph::text::Text;
use crate::state::{FieldSet, State};

/// The super-step of a node and the unwritten field, if its router, which reads `reads`, may read an unwritten field.
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

/// Checks that a node's router reads only written fields.
///
/// # Panics
/// If it does not; the message has the field and a path.
#[track_caller]
pub const fn router_reads<S: State, const N: usize>(
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet; N],
    node: usize,
    reads: FieldSet,
) {
    if let Some((step, field)) = unwritten_route::<S>(topology, flow, before, node, reads) {
        let text = Text::new().push("the router behind `").push(topology.nodes[node].name).push("` reads `");
        panic!("{}", unwritten::<S, N>(text, topology, flow, before, step, field).as_str());
    }
}

/// Checks that the router of START reads only fields of the input.
///
/// # Panics
/// If it does not.
#[track_caller]
pub const fn start_reads<S: State>(reads: FieldSet) {
    let missing = missing::<S>(reads, given::<S>());
    if let Some(field) = missing.first() {
        let text = Text::new().push("the router behind START reads `").push(S::FIELDS[field].name);
        panic!("{}", text.push("`, which no node has written yet; mark it `#[state(input)]`").as_str());
    }
}

/// The late fields among `reads` that may be unwritten; none if a set is poisoned.
pub(super) const fn missing<S: State>(reads: FieldSet, written: FieldSet) -> FieldSet {
    if reads.is_poisoned() || written.is_poisoned() {
        return FieldSet::EMPTY;
    }
    reads.intersection(Of::<S>::LATE).minus(written)
}

/// A constant of the state, computed once.
struct Of<S>(std::marker::PhantomData<S>);

impl<S: State> Of<S> {
    const LATE: FieldSet = FieldSet::late::<S>();
}
