//! Fields that an exit carries and some way to it leaves unwritten.

use super::DataFlow;
use super::path::{is_too_large, path_to};
use super::written::{at_last, given};
use crate::graph::Topology;
use crate::graph::text::Text;
use crate::state::{FieldSet, State};

/// The super-step before the exit (`None` for START) after which the field may be unwritten. Exits count from 1.
#[must_use]
pub const fn unwritten_at_exit<S: State>(
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet],
    exit: usize,
    field: usize,
) -> Option<Option<usize>> {
    let mut i = 0;
    while i < flow.empty.len() {
        if flow.empty[i] == exit && lacks(given::<S>(), field) {
            return Some(None);
        }
        i += 1;
    }
    let mut i = 0;
    while i < flow.last.len() {
        let last = &flow.last[i];
        if last.exit == exit && lacks(at_last(topology, flow, last, before), field) {
            return Some(Some(last.step));
        }
        i += 1;
    }
    None
}

/// The fields with these names, which an exit carries; poisoned if it cannot carry one, which [`carries`] or rustc
/// reports.
#[must_use]
pub const fn carried<S: State>(names: &[&str]) -> FieldSet {
    let fields = FieldSet::named::<S>(names);
    match S::OUTWARD {
        Some(shared) if !fields.minus(shared).is_empty() => FieldSet::POISONED,
        _ => fields,
    }
}

/// Checks that an exit can carry a field, and that every way to it writes the field. An unknown field is reported by
/// rustc.
///
/// # Panics
/// If not; the message has the exit, the field, and a path.
#[track_caller]
#[expect(clippy::manual_assert, reason = "several messages")]
pub const fn carries<S: State, const N: usize>(
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet; N],
    exit: usize,
    name: &str,
) {
    let field = FieldSet::index::<S>(name);
    if field == usize::MAX {
        return;
    }
    let exit_name = topology.exits[exit - 1];
    let text = Text::new().push("the exit `").push(exit_name).push("` carries `").push(name).push("`, ");
    if !S::FIELDS[field].late {
        panic!("{}", text.push("which always has a value; leave it out: an exit carries `Late` fields").as_str());
    }
    if let Some(shared) = S::OUTWARD
        && !shared.contains(field)
    {
        let text = text.push("which `").push(S::NAME).push("` does not share with its parent; ");
        panic!("{}", text.push("mark it `#[state(shared)]`, or leave it out").as_str());
    }
    let Some(step) = unwritten_at_exit::<S>(topology, flow, before, exit, field) else { return };
    if let Some(step) = step
        && is_too_large(topology, flow, step, field)
    {
        let text = text.push("and this graph has too many super-steps to know that it is written there; ");
        panic!("{}", text.push("put a part of it into a graph of its own, or leave the field out").as_str());
    }
    let text = text.push("but on the path ");
    let text = match step {
        Some(step) => path_to::<N>(text, topology, flow, before, step, field),
        None => text.push("START"),
    };
    let text = text.push(" -> END::").push(exit_name).push(" nothing has written it; ");
    panic!("{}", text.push("write it on every path to this exit, or leave it out").as_str());
}

const fn lacks(written: FieldSet, field: usize) -> bool {
    !written.is_poisoned() && !written.contains(field)
}
