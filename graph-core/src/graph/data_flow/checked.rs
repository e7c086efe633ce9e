//! The error of each node, reported at the user's token.
//!
//! Each function is a `#[track_caller] const fn` that `graph!` calls in a `const _` with the span of that token: a
//! panic is a compile error there, found by `cargo check`. There is such a constant for every node of every graph, so
//! the answers are computed once and looked up in [`Checked`].

use std::marker::PhantomData;

use super::path::unwritten;
use super::{DataFlow, Finding};
use crate::graph::Topology;
use crate::graph::text::Text;
use crate::node::NodeInfo;
use crate::state::{FieldSet, State, same};

/// A graph of `M` super-steps over `S`, with the findings of its nodes.
#[derive(Debug)]
pub struct Checked<S, const M: usize> {
    topology: &'static Topology,
    flow: &'static DataFlow,
    before: &'static [FieldSet; M],
    found: &'static [Finding],
    state: PhantomData<fn() -> S>,
}

impl<S: State, const M: usize> Checked<S, M> {
    /// A graph with its [`findings`](super::findings).
    #[must_use]
    pub const fn of(
        topology: &'static Topology,
        flow: &'static DataFlow,
        before: &'static [FieldSet; M],
        found: &'static [Finding],
    ) -> Self {
        Self { topology, flow, before, found, state: PhantomData }
    }
}

/// Checks that a node reached by a plain edge has no task input, and does not take the state as one.
///
/// # Panics
/// If it has one.
#[track_caller]
#[expect(clippy::manual_assert, reason = "three messages")]
pub const fn takes_no_input<S: State, const M: usize>(checked: &Checked<S, M>, node: usize) {
    let info = &checked.topology.nodes[node].info;
    // Of a node that was reported itself, nothing is known.
    if !info.has_task_input || info.writes.is_poisoned() {
        return;
    }
    let text = Text::new().push("`").push(info.name);
    if same(info.input, S::NAME) {
        panic!("{}", text.push("` takes the state by value; write `&").push(S::NAME).push("`").as_str());
    }
    if holds(info.input, S::NAME) {
        let text = text.push("` takes the state as `").push(info.input).push("`; the graph lends it: write `&");
        panic!("{}", text.push(S::NAME).push("`").as_str());
    }
    panic!("{}", text.push("` needs an input; reach it by `for`").as_str());
}

/// Whether a type, as written, is `..<name>`.
const fn holds(ty: &str, name: &str) -> bool {
    let (ty, name) = (ty.as_bytes(), name.as_bytes());
    if ty.len() < name.len() + 2 || ty[ty.len() - 1] != b'>' || ty[ty.len() - name.len() - 2] != b'<' {
        return false;
    }
    let mut i = 0;
    while i < name.len() {
        if ty[ty.len() - name.len() - 1 + i] != name[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Checks that a node decides the route that its router takes.
///
/// # Panics
/// If it decides none; not if it was reported itself.
#[track_caller]
pub const fn decides(topology: &Topology, node: usize) {
    let info = &topology.nodes[node].info;
    if !info.routes && !info.writes.is_poisoned() {
        let text =
            Text::new().push("`").push(topology.nodes[node].name).push("` decides no route; leave this parameter ");
        panic!("{}", text.push("out, or let `").push(info.name).push("` return a `Command`").as_str());
    }
}

/// Whether a node returns the whole update of `S`: it writes no field surely and each perhaps, but those that no update
/// has, which are untracked.
const fn may_write_all<S: State>(info: &NodeInfo) -> bool {
    if info.writes.len() < 2 || !info.must_write.is_empty() || info.inner.is_some() {
        return false;
    }
    let mut field = 0;
    while field < S::FIELDS.len() {
        if !info.writes.contains(field) && !S::FIELDS[field].untracked {
            return false;
        }
        field += 1;
    }
    true
}

/// Checks that a node has no finding.
///
/// # Panics
/// If it has one; the message has the names of nodes and fields.
#[track_caller]
pub const fn clean<S: State, const M: usize>(checked: &Checked<S, M>, node: usize) {
    let Checked { topology, flow, before, .. } = *checked;
    let name = topology.nodes[node].name;
    let text = match checked.found[node] {
        Finding::Nothing => return,
        Finding::Unasked => {
            let text =
                Text::new().push("`").push(name).push("` decides itself where to go, and nothing asks it; write `");
            text.push(name).push(" -> |state, route| match route { .. }`")
        }
        Finding::Uncombined { field } => {
            let text = Text::new().push("the nodes of `").push(name).push("` may write `").push(S::FIELDS[field].name);
            text.push("` more than once, and its reducer does not say how two inputs become one; write `#[reducer(combine = ..)]`")
        }
        Finding::ReadsUnwritten { step, field } => {
            let text = match topology.nodes[node].info.inner {
                Some(_) => Text::new().push("`").push(name).push("` needs `"),
                None => Text::new().push("node `").push(name).push("` reads `"),
            };
            unwritten::<S, M>(text, topology, flow, before, step, field)
        }
        Finding::Races { other, field } => {
            let text = if other == node {
                Text::new().push("many `").push(name).push("` tasks run at once and each writes `")
            } else {
                let text = Text::new().push("`").push(topology.nodes[other].name).push("` and `").push(name);
                text.push("` can run in the same super-step and both write `")
            };
            let text = text.push(S::FIELDS[field].name);
            let text = match S::FIELDS[field].reducer {
                None => text.push("`, which has no reducer; give it one with `#[state(reduce = ..)]`"),
                Some(_) => {
                    let replaces = topology.nodes[node].info.replaces.contains(field);
                    let by = if replaces { name } else { topology.nodes[other].name };
                    text.push("`, which `").push(by).push("` replaces; let it be folded in")
                }
            };
            let text = if other == node { text } else { text.push(", or let one node run after the other") };
            let infos = [&topology.nodes[other].info, &topology.nodes[node].info];
            match [may_write_all::<S>(infos[0]), may_write_all::<S>(infos[1])] {
                [false, false] => text,
                [first, _] => {
                    let name = topology.nodes[if first { other } else { node }].name;
                    let text = text
                        .push("\nhelp: `")
                        .push(name)
                        .push("` returns `")
                        .push(S::NAME)
                        .push("Update`, which may write ");
                    text.push("every field; let it return what it writes: the types in `").push(S::NAME).push("Write`")
                }
            }
        }
    };
    panic!("{}", text.as_str());
}
