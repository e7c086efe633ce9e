//! The path on which a field stays unwritten, for the message.

use super::written::{after, by_arms};
use super::{DataFlow, Precision, SuperStep, runs_in};
use crate::graph::Topology;
use crate::graph::text::Text;
use crate::state::{FieldSet, State};

/// `.. reads `joke`, but on the path START -> skip -> rate nothing has written it; ..`, or that the graph is too large
/// to know.
#[expect(clippy::large_types_passed_by_value, reason = "`Text` is built by value")]
pub(super) const fn unwritten<S: State, const N: usize>(
    text: Text,
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet; N],
    step: usize,
    field: usize,
) -> Text {
    let text = text.push(S::FIELDS[field].name);
    let mend = "write it on every path, or mark it `#[state(input)]`";
    if matches!(flow.precision, Precision::Coarse) {
        let text = text.push("`, and this graph has too many super-steps to know that it is written before");
        return text.push("; put a part of it into a graph of its own, or mark the field `#[state(input)]`");
    }
    if may_come_from_beside(topology, flow, step, field) {
        let text =
            text.push("`, which a branch beside it writes; this graph has too many super-steps to know which of");
        return text.push(" the two is first; join them with `[.., ..] -> ..`, or put a part into a graph of its own");
    }
    let text = path_to::<N>(text.push("`, but on the path "), topology, flow, before, step, field);
    let text = text.push(" nothing has written it; ");
    match written_at_some_exit(topology, field) {
        Some(node) => {
            let text = text.push("`").push(topology.nodes[node].name).push("` writes it at some of its exits only: ");
            text.push("lead here from these, by a `match` on the exit")
        }
        None => text.push(mend),
    }
}

/// A subgraph that writes the field at some of its exits.
const fn written_at_some_exit(topology: &Topology, field: usize) -> Option<usize> {
    let mut node = 0;
    while node < topology.nodes.len() {
        let written_at = topology.nodes[node].info.written_at;
        let mut exit = 0;
        while exit < written_at.len() {
            if written_at[exit].contains(field) {
                return Some(node);
            }
            exit += 1;
        }
        node += 1;
    }
    None
}

/// Whether the graph is too large to know that the field is unwritten in this super-step.
pub(super) const fn is_too_large(topology: &Topology, flow: &DataFlow, step: usize, field: usize) -> bool {
    matches!(flow.precision, Precision::Coarse) || may_come_from_beside(topology, flow, step, field)
}

/// Whether the super-step belongs to a branch, and a node of another branch always writes the field.
const fn may_come_from_beside(topology: &Topology, flow: &DataFlow, step: usize, field: usize) -> bool {
    let mut p = 0;
    while p < flow.parallel.len() {
        let branches = flow.parallel[p].branches;
        let (mut own, mut other, mut b) = (false, false, 0);
        while b < branches.len() {
            let (mut is_own, mut writes, mut i) = (false, false, 0);
            while i < branches[b].len() {
                let node = branches[b][i].0;
                is_own |= runs_in(&flow.steps[step], node).is_some();
                writes |= topology.nodes[node].info.must_write.contains(field);
                i += 1;
            }
            own |= is_own;
            other |= writes && !is_own;
            b += 1;
        }
        if own && other {
            return true;
        }
        p += 1;
    }
    false
}

/// Appends a shortest path to a super-step on which a field stays unwritten: `START -> skip -> rate`. Where branches have
/// ended, the path is that of one of them; the field is unwritten there, so on some way of each.
#[expect(clippy::large_types_passed_by_value, reason = "`Text` is built by value")]
pub(super) const fn path_to<const N: usize>(
    text: Text,
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet; N],
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
        if after(topology, flow, m, before[m]).contains(field) {
            continue;
        }
        let mut n = 0;
        while n < flow.steps[m].next.len() {
            let next = flow.steps[m].next[n];
            if !seen[next] && !by_arms(topology, flow, flow.steps[next].taken).contains(field) {
                seen[next] = true;
                parent[next] = m;
                queue[tail] = next;
                tail += 1;
            }
            n += 1;
        }
        // The end of a branch leads to the end of all of them.
        if flow.steps[m].active.is_empty() && flow.steps[m].next.is_empty() {
            let mut next = 0;
            while next < N {
                if !seen[next] && !before[next].contains(field) && is_joined(&flow.steps[next], m) {
                    seen[next] = true;
                    parent[next] = m;
                    queue[tail] = next;
                    tail += 1;
                }
                next += 1;
            }
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
        if !flow.steps[way[len]].active.is_empty() {
            text = step_name(text.push(" -> "), topology, &flow.steps[way[len]]);
        }
    }
    text
}

/// Whether a super-step precedes another in a group.
const fn is_joined(step: &SuperStep, before: usize) -> bool {
    let mut g = 0;
    while g < step.joins.len() {
        let mut i = 0;
        while i < step.joins[g].len() {
            if step.joins[g][i] == before {
                return true;
            }
            i += 1;
        }
        g += 1;
    }
    false
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
