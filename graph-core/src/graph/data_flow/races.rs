//! Races between the nodes of one super-step.

use super::{DataFlow, runs_in};
use crate::graph::Topology;
use crate::graph::text::Text;
use crate::node::NodeInfo;
use crate::state::State;

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
