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

mod checked;
mod findings;
mod path;
mod races;
mod reads;
mod written;

pub use checked::{Checked, clean, takes_no_input};
pub use findings::{Finding, find, findings};
pub use reads::{router_reads, start_reads, unwritten_route};
pub use written::{solve, written, written_at_end};

/// Which super-steps can occur, and what can follow what.
#[derive(Clone, Copy, Debug)]
pub struct DataFlow {
    /// The super-steps.
    pub moments: &'static [Moment],
    /// Those that a run can begin with.
    pub first: &'static [usize],
    /// Those that a run can end with.
    pub last: &'static [usize],
    /// Whether a run can end before any node runs.
    pub idle: bool,
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
    /// `NodeTree` of moments all of which have been before (coarse flows only: the sources of each join).
    pub joined: &'static [&'static [usize]],
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
