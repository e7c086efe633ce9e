//! Late fields of the output that an end may find unwritten.

use super::DataFlow;
use super::path::{is_too_large, path_to};
use super::reads::missing;
use super::written::{at_last, given};
use crate::graph::Topology;
use crate::graph::text::Text;
use crate::state::{FieldSet, State};

/// An `END` of a graph, and the ways to end that lead to it. One that leads to several is listed at the first.
#[derive(Clone, Copy, Debug)]
pub struct End {
    /// `END`, or `END::TooLong`.
    pub name: &'static str,
    /// The ways, by their index in [`DataFlow::last`].
    pub last: &'static [usize],
    /// Whether a run can end here before any node runs.
    pub from_start: bool,
}

/// The first late field of the output that may be unwritten at an end, and the super-step before it; `None` for
/// START.
#[must_use]
pub const fn unwritten_output<S: State>(
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet],
    end: &End,
) -> Option<(Option<usize>, usize)> {
    let outputs = outputs::<S>();
    if end.from_start
        && let Some(field) = missing::<S>(outputs, given::<S>()).first()
    {
        return Some((None, field));
    }
    let mut i = 0;
    while i < end.last.len() {
        let last = &flow.last[end.last[i]];
        if let Some(field) = missing::<S>(outputs, at_last(topology, flow, last, before)).first() {
            return Some((Some(last.step), field));
        }
        i += 1;
    }
    None
}

/// Checks that each late field of the output is written at the end `index` of `ends`. A field that an earlier one lacks
/// is reported there only.
///
/// # Panics
/// If one may be unwritten; the message has the field and a path.
#[track_caller]
pub const fn ends_written<S: State, const N: usize>(
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet; N],
    ends: &[End],
    index: usize,
) {
    let Some((step, field)) = unwritten_output::<S>(topology, flow, before, &ends[index]) else { return };
    let mut earlier = 0;
    while earlier < index {
        if let Some((_, same)) = unwritten_output::<S>(topology, flow, before, &ends[earlier])
            && same == field
        {
            return;
        }
        earlier += 1;
    }
    let text = Text::new().push("`").push(S::FIELDS[field].name).push("` is an output of `").push(S::NAME);
    if let Some(step) = step
        && is_too_large(topology, flow, step, field)
    {
        let text = text.push("`, and this graph has too many super-steps to know that it is written at ");
        let text = text.push(ends[index].name).push("; put a part of it into a graph of its own, ");
        panic!("{}", text.push("or leave out `output`, and read it from the state with `.get()`").as_str());
    }
    let text = text.push("`, but on the path ");
    let text = match step {
        Some(step) => path_to::<N>(text, topology, flow, before, step, field),
        None => text.push("START"),
    };
    let text =
        text.push(" -> ").push(ends[index].name).push(" nothing has written it; write it on every path to an end, ");
    panic!("{}", text.push("or leave out `output`, and read it from the state with `.get()`").as_str());
}

const fn outputs<S: State>() -> FieldSet {
    let (mut outputs, mut field) = (FieldSet::EMPTY, 0);
    while field < S::FIELDS.len() {
        if S::FIELDS[field].output {
            outputs = outputs.union(FieldSet::one(field));
        }
        field += 1;
    }
    outputs
}
