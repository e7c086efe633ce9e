//! The path on which a field stays unwritten, for the message.

use super::written::after;
use super::{DataFlow, SuperStep};
use crate::graph::Topology;
use crate::graph::text::Text;
use crate::state::{FieldSet, State};

/// `.. reads `joke`, but on the path START -> skip -> rate nothing has written it; ..`
#[expect(clippy::large_types_passed_by_value, reason = "`Text` is built by value")]
pub(super) const fn unwritten<S: State, const N: usize>(
    text: Text,
    topology: &Topology,
    flow: &DataFlow,
    step: usize,
    field: usize,
) -> Text {
    let text = text.push(S::FIELDS[field].name).push("`, but on the path ");
    let text = path_to::<N>(text, topology, flow, step, field);
    text.push(" nothing has written it; write it on every path, or mark it `#[state(input)]`")
}

/// Appends a shortest path to a super-step on which a field stays unwritten: `START -> skip -> rate`.
#[expect(clippy::large_types_passed_by_value, reason = "`Text` is built by value")]
pub(super) const fn path_to<const N: usize>(
    text: Text,
    topology: &Topology,
    flow: &DataFlow,
    to: usize,
    field: usize,
) -> Text {
    // Breadth first from START, through super-steps that do not always write the field.
    let (mut parent, mut seen) = ([usize::MAX; N], [false; N]);
    let (mut queue, mut head, mut tail) = ([0; N], 0, 0);
    let mut i = 0;
    while i < flow.first.len() {
        if !seen[flow.first[i]] {
            seen[flow.first[i]] = true;
            queue[tail] = flow.first[i];
            tail += 1;
        }
        i += 1;
    }
    while head < tail && !seen[to] {
        let m = queue[head];
        head += 1;
        if after(topology, flow, m, FieldSet::EMPTY).contains(field) {
            continue;
        }
        let mut n = 0;
        while n < flow.steps[m].next.len() {
            let next = flow.steps[m].next[n];
            if !seen[next] {
                seen[next] = true;
                parent[next] = m;
                queue[tail] = next;
                tail += 1;
            }
            n += 1;
        }
    }
    // The path is known from its end; it is printed from its beginning.
    let (mut way, mut len, mut at) = ([0; N], 0, to);
    while at != usize::MAX && len < N {
        way[len] = at;
        len += 1;
        at = parent[at];
    }
    let mut text = text.push("START");
    while len > 0 {
        len -= 1;
        text = step_name(text.push(" -> "), topology, &flow.steps[way[len]]);
    }
    text
}

/// `rate`, or `[rate, skip]` where several nodes run together.
#[expect(clippy::large_types_passed_by_value, reason = "`Text` is built by value")]
const fn step_name(text: Text, topology: &Topology, step: &SuperStep) -> Text {
    if step.active.len() == 1 {
        return text.push(topology.nodes[step.active[0].0].name);
    }
    let mut text = text.push("[");
    let mut i = 0;
    while i < step.active.len() {
        if i > 0 {
            text = text.push(", ");
        }
        text = text.push(topology.nodes[step.active[i].0].name);
        i += 1;
    }
    text.push("]")
}
