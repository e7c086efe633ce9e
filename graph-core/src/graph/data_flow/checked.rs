//! What is said of each node, at the user's own token.
//!
//! Each function is a `#[track_caller] const fn` that `graph!` calls in a `const _` spanned at that token: a panic in it is
//! a compile error there, found by `cargo check`. There is such a constant for every node of every graph, so what one asks
//! is looked up in [`Checked`], which is worked out once.

use std::marker::PhantomData;

use super::path::unwritten;
use super::{DataFlow, Finding};
use crate::graph::Topology;
use crate::graph::text::Text;
use crate::state::{State, same};

/// A graph of `M` moments over `S`, and what is wrong with its nodes.
#[derive(Debug)]
pub struct Checked<S, const M: usize> {
    topology: &'static Topology,
    flow: &'static DataFlow,
    found: &'static [Finding],
    state: PhantomData<fn() -> S>,
}

impl<S: State, const M: usize> Checked<S, M> {
    /// A graph, with what [`findings`](super::findings) has found.
    #[must_use]
    pub const fn of(topology: &'static Topology, flow: &'static DataFlow, found: &'static [Finding]) -> Self {
        Self { topology, flow, found, state: PhantomData }
    }
}

/// That a node which an ordinary edge leads to takes no input of its own, nor the state as one.
///
/// # Panics
/// If it takes one.
#[track_caller]
#[expect(clippy::manual_assert, reason = "two messages")]
pub const fn takes_no_input<S: State, const M: usize>(checked: &Checked<S, M>, node: usize) {
    let info = &checked.topology.nodes[node].info;
    if !info.takes_input {
        return;
    }
    let text = Text::new().push("`").push(info.name);
    if same(info.input, S::NAME) {
        panic!("{}", text.push("` takes the state by value; write `&").push(S::NAME).push("`").as_str());
    }
    panic!("{}", text.push("` needs an input; reach it by `for`").as_str());
}

/// That nothing is wrong with a node.
///
/// # Panics
/// If something is; the message says what, with the names of nodes and fields.
#[track_caller]
pub const fn clean<S: State, const M: usize>(checked: &Checked<S, M>, node: usize) {
    let Checked { topology, flow, .. } = *checked;
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
        Finding::ReadsUnwritten { moment, field } => {
            unwritten::<S, M>(Text::new().push("node `").push(name), topology, flow, moment, field)
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
            if other == node { text } else { text.push(", or let one node run after the other") }
        }
    };
    panic!("{}", text.as_str());
}
