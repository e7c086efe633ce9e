//! Races and reads before writes, found by constant evaluation.
//!
//! `graph!` explores which super-steps can occur (crate `graph-shape`, which says why that is sound) and writes them
//! down as a [`DataFlow`]. Here they meet the nodes' read and write sets.
//!
//! # Races
//! Two nodes of one super-step race if both may write a field whose value would then depend on their order: one without
//! a reducer, or one that either of them replaces outright. A node that a `for` edge reaches races with itself. Since
//! every super-step of every run is among the explored ones, and write sets hold all that a node may write, a graph
//! without such a pair never races.
//!
//! # Definite assignment
//! A forward must-analysis. The lattice is the sets of a state's fields, ordered by inclusion; the fact at a super-step
//! is which fields have been written on *every* way to it. A run begins with what its input surely writes, and with every
//! field that is not [`Late`](crate::state::Late). A super-step adds what each of its nodes surely writes (its
//! `must_write`); where several ways meet, the facts are intersected. The greatest fixed point is reached from above in
//! at most one pass for each field and super-step, because facts only shrink.
//!
//! Sound, by induction over a run: its `k`-th super-step is an explored one, reached from the one before by an explored
//! edge; what was written there is still written, and each node that ran has written its `must_write`. In a coarse flow
//! (see `graph-shape`) a super-step stands for one node: what its predecessors have written was written when it runs;
//! the sources of a join have all run, so their facts are united; and a node behind a `for` edge counts as writing
//! nothing, because the edge may have had no items.

use super::Topology;
use super::text::Text;
use crate::node::NodeInfo;
use crate::state::{FieldSet, State, Update};

/// Which super-steps can occur, and what can follow what.
#[derive(Clone, Copy, Debug)]
pub struct DataFlow {
    /// The super-steps.
    pub moments: &'static [Moment],
    /// Those that a run can begin with.
    pub first: &'static [usize],
    /// Pairs of nodes that can run together beside those of one moment (coarse flows only).
    pub pairs: &'static [(usize, usize)],
    /// Whether a moment holds all nodes that run together.
    pub exact: bool,
}

/// One super-step that can occur.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Its nodes, ascending, each with whether it runs as many tasks.
    pub active: &'static [(usize, bool)],
    /// What can follow.
    pub next: &'static [usize],
    /// Groups of moments all of which have been before (coarse flows only: the sources of each join).
    pub joined: &'static [&'static [usize]],
}

/// What has surely been written before each moment: the greatest fixed point. `N` is the number of moments.
#[must_use]
pub const fn written<S: State, const N: usize>(topology: &Topology, flow: &DataFlow) -> [FieldSet; N] {
    let mut before = [FieldSet::EMPTY; N];
    solve::<S>(topology, flow, &mut before);
    before
}

/// [`written`] into a slice with a place for each moment.
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
            while j < flow.moments[m].joined.len() {
                fact = fact.intersection(united(topology, flow, before, flow.moments[m].joined[j]));
                j += 1;
            }
            changed |= !same(fact, before[m]);
            before[m] = fact;
            let after = after(topology, flow, m, fact);
            let mut n = 0;
            while n < flow.moments[m].next.len() {
                let next = flow.moments[m].next[n];
                let met = before[next].intersection(after);
                changed |= !same(met, before[next]);
                before[next] = met;
                n += 1;
            }
            m += 1;
        }
    }
}

/// What is written when a run begins: what its input surely writes, and what needs no writing.
const fn given<S: State>() -> FieldSet {
    FieldSet::all::<S>().minus(FieldSet::late::<S>()).union(<S::Input as Update<S>>::MUST_WRITE)
}

/// What has surely been written after a moment.
const fn after(topology: &Topology, flow: &DataFlow, moment: usize, before: FieldSet) -> FieldSet {
    let mut fact = before;
    let mut a = 0;
    while a < flow.moments[moment].active.len() {
        let (node, many) = flow.moments[moment].active[a];
        if flow.exact || !many {
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

/// Whether a node is among those of a moment, and if so, whether as many tasks.
const fn runs_in(moment: &Moment, node: usize) -> Option<bool> {
    let mut i = 0;
    while i < moment.active.len() {
        if moment.active[i].0 == node {
            return Some(moment.active[i].1);
        }
        i += 1;
    }
    None
}

/// A moment of a node in which it reads a late field that may be unwritten, and the field.
#[must_use]
pub const fn unwritten_read<S: State>(
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet],
    node: usize,
) -> Option<(usize, usize)> {
    let mut m = 0;
    while m < before.len() {
        if runs_in(&flow.moments[m], node).is_some()
            && let Some(field) = missing::<S>(topology.nodes[node].info.reads, before[m]).first()
        {
            return Some((m, field));
        }
        m += 1;
    }
    None
}

/// A moment of a node after which its router, which reads these fields, reads one that may be unwritten, and the field.
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
        if runs_in(&flow.moments[m], node).is_some()
            && let Some(field) = missing::<S>(reads, after(topology, flow, m, before[m])).first()
        {
            return Some((m, field));
        }
        m += 1;
    }
    None
}

/// That everything that a node reads has been written on every way to it.
///
/// # Panics
/// If something has not; the message names the field and a way.
#[track_caller]
pub const fn node_reads<S: State, const N: usize>(
    topology: &Topology,
    flow: &DataFlow,
    before: &[FieldSet; N],
    node: usize,
) {
    if let Some((moment, field)) = unwritten_read::<S>(topology, flow, before, node) {
        let text = Text::new().push("node `").push(topology.nodes[node].name);
        panic!("{}", unwritten::<S, N>(text, topology, flow, moment, field).as_str());
    }
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
    if let Some((moment, field)) = unwritten_route::<S>(topology, flow, before, node, reads) {
        let text = Text::new().push("the router behind `").push(topology.nodes[node].name);
        panic!("{}", unwritten::<S, N>(text, topology, flow, moment, field).as_str());
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
const fn missing<S: State>(reads: FieldSet, written: FieldSet) -> FieldSet {
    if reads.is_poisoned() || written.is_poisoned() {
        return FieldSet::EMPTY;
    }
    reads.intersection(FieldSet::late::<S>()).minus(written)
}

/// `.. reads `joke`, but on the path START -> skip -> rate nothing has written it; ..`
const fn unwritten<S: State, const N: usize>(
    text: Text,
    topology: &Topology,
    flow: &DataFlow,
    moment: usize,
    field: usize,
) -> Text {
    let text = text.push("` reads `").push(S::FIELDS[field].name).push("`, but on the path ");
    let text = path::<N>(text, topology, flow, moment, field);
    text.push(" nothing has written it; write it on every path, or mark it `#[state(input)]`")
}

/// Appends a shortest way to a moment on which a field stays unwritten: `START -> skip -> rate`.
const fn path<const N: usize>(text: Text, topology: &Topology, flow: &DataFlow, to: usize, field: usize) -> Text {
    // Breadth first from START, through moments that do not surely write the field.
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
        while n < flow.moments[m].next.len() {
            let next = flow.moments[m].next[n];
            if !seen[next] {
                seen[next] = true;
                parent[next] = m;
                queue[tail] = next;
                tail += 1;
            }
            n += 1;
        }
    }
    // The way is known from its end; it is written from its beginning.
    let (mut way, mut len, mut at) = ([0; N], 0, to);
    while at != usize::MAX && len < N {
        way[len] = at;
        len += 1;
        at = parent[at];
    }
    let mut text = text.push("START");
    while len > 0 {
        len -= 1;
        text = moment_name(text.push(" -> "), topology, &flow.moments[way[len]]);
    }
    text
}

/// `rate`, or `[rate, skip]` where several nodes run together.
const fn moment_name(text: Text, topology: &Topology, moment: &Moment) -> Text {
    if moment.active.len() == 1 {
        return text.push(topology.nodes[moment.active[0].0].name);
    }
    let mut text = text.push("[");
    let mut i = 0;
    while i < moment.active.len() {
        if i > 0 {
            text = text.push(", ");
        }
        text = text.push(topology.nodes[moment.active[i].0].name);
        i += 1;
    }
    text.push("]")
}

/// That no node mentioned before this one, nor another task of its own, can write a field in the same super-step so that
/// the order would matter.
///
/// Of several pairs that race for one field, only the first is reported.
///
/// # Panics
/// If there is such a field; the message names the nodes and the field.
#[track_caller]
pub const fn races<S: State>(topology: &Topology, flow: &DataFlow, node: usize) {
    let Some((other, field)) = race::<S>(topology, flow, node) else { return };
    let mut earlier = 0;
    while earlier < node {
        if let Some((_, same)) = race::<S>(topology, flow, earlier)
            && same == field
        {
            return;
        }
        earlier += 1;
    }
    let (name, field) = (topology.nodes[node].name, S::FIELDS[field].name);
    let text = if other == node {
        Text::new().push("many `").push(name).push("` tasks run at once and each writes `").push(field)
    } else {
        let text = Text::new().push("`").push(topology.nodes[other].name).push("` and `").push(name);
        text.push("` can run in the same super-step and both write `").push(field)
    };
    let text = text.push("`, which has no reducer; give it one with `#[state(reduce = ..)]`");
    panic!("{}", if other == node { text } else { text.push(", or let one node run after the other") }.as_str());
}

/// The first node up to this one that races with it, and the field.
#[must_use]
pub const fn race<S: State>(topology: &Topology, flow: &DataFlow, node: usize) -> Option<(usize, usize)> {
    let mut other = 0;
    while other <= node {
        let field = contested::<S>(topology.nodes[other].info, topology.nodes[node].info);
        if let Some(field) = field
            && together(flow, other, node)
        {
            return Some((other, field));
        }
        other += 1;
    }
    None
}

/// A field that both write so that the order would matter.
const fn contested<S: State>(a: NodeInfo, b: NodeInfo) -> Option<usize> {
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

/// Whether two nodes, or several tasks of one, can run in the same super-step.
const fn together(flow: &DataFlow, a: usize, b: usize) -> bool {
    let mut m = 0;
    while m < flow.moments.len() {
        if let (Some(_), Some(many)) = (runs_in(&flow.moments[m], a), runs_in(&flow.moments[m], b))
            && (a != b || many)
        {
            return true;
        }
        m += 1;
    }
    let mut p = 0;
    while p < flow.pairs.len() {
        let (x, y) = flow.pairs[p];
        if (x == a && y == b) || (x == b && y == a) {
            return true;
        }
        p += 1;
    }
    false
}
