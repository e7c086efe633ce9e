//! Races and reads before writes, found by constant evaluation.
//!
//! `graph!` explores which super-steps can occur (crate `graph-shape` explains why that is sound) and emits them as a
//! [`DataFlow`]. The functions here compare it with the nodes' read and write sets.
//!
//! # Races
//! Two nodes of one super-step race if both may write a field whose value would then depend on their order: a field
//! without a reducer, or one that either of them replaces. A node that a `for` edge leads to races with itself. Every
//! super-step of every run is explored, and write sets hold every field a node may write, so a graph without such a
//! pair never races. Nodes of parallel branches that are explored each by itself are compared by when they can run.
//!
//! # Definite assignment
//! A forward must-analysis. The lattice is the sets of a state's fields, ordered by inclusion; the fact at a super-step
//! is which fields have been written on *every* path to it. A run begins with the fields that its input always writes,
//! and with every field that is not [`Late`](crate::state::Late). A super-step adds what each of its nodes always
//! writes (its `must_write`); where several paths meet, the facts are intersected. The greatest fixed point is reached
//! from above in at most one pass for each field and super-step, because facts only shrink.
//!
//! What a subgraph always writes depends on its exit. If its router is a `match` on the exit, the super-steps tell apart
//! which arm was taken before them, and the fact that enters one has what the subgraph writes at every exit that can take
//! this arm.
//!
//! Sound, by induction over a run: its `k`-th super-step is an explored one, reached from the previous one by an
//! explored edge; fields written before it stay written, and each node that ran has written its `must_write`. Where
//! branches are explored each by itself, what a branch has surely written is written whatever the others do; and behind
//! the end of all of them, what each has surely written by its own end is, so these facts are united. In a coarse flow
//! (see `graph-shape`) a super-step stands for one node: what its predecessors have written is written when it runs; the
//! sources of a join have all run, so their facts are united; and a node that a `for` edge leads to counts as writing
//! nothing, because the edge may have had no items.

mod checked;
mod ends;
mod exits;
mod findings;
mod path;
mod races;
mod reads;
mod written;

pub use checked::{Checked, clean, decides, takes_no_input};
pub use ends::{End, ends_written, unwritten_output};
pub use exits::{carried, carries, unwritten_at_exit};
pub use findings::{Finding, find, findings};
pub use reads::{router_reads, start_reads, unwritten_route};
pub use written::{solve, written, written_at, written_at_end};

/// Which super-steps can occur, and in what order.
#[derive(Clone, Copy, Debug)]
pub struct DataFlow {
    /// The super-steps.
    pub steps: &'static [SuperStep],
    /// The super-steps that a run can begin with.
    pub first: &'static [usize],
    /// The ways in which a run can end with a super-step.
    pub last: &'static [Last],
    /// The exits by which a run can end before any node runs, as in [`Last`].
    pub empty: &'static [usize],
    /// The routers that are a `match` on a subgraph's exit.
    pub arms: &'static [Arms],
    /// Pairs of nodes that can run together without sharing a super-step (coarse flows only).
    pub pairs: &'static [(usize, usize)],
    /// Branches that run at the same time, each explored by itself.
    pub parallel: &'static [Parallel],
    /// How much is known.
    pub precision: Precision,
}

/// A way in which a run can end.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    /// The last super-step.
    pub step: usize,
    /// 0 for the plain end, else the exit, counted from 1.
    pub exit: usize,
    /// The arms of routers, as (node, arm), that were taken at last.
    pub taken: &'static [(usize, usize)],
}

/// A router that is a `match` on a subgraph's exit.
#[derive(Clone, Copy, Debug)]
pub struct Arms {
    /// The subgraph.
    pub node: usize,
    /// For the plain end and each exit, the arms that it can take, as bits.
    pub by_exit: &'static [u64],
}

/// How much a [`DataFlow`] knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Each super-step lists all nodes that run.
    Exact,
    /// Each super-step lists the nodes of one branch of those that run in parallel.
    Branches,
    /// Each super-step stands for one node.
    Coarse,
}

/// Branches that run at the same time: of each, the nodes and when each can run. Two nodes of different branches can
/// run together if these have a bit in common.
#[derive(Clone, Copy, Debug)]
pub struct Parallel {
    /// The branches.
    pub branches: &'static [&'static [(usize, u64)]],
}

/// One super-step that can occur.
#[derive(Clone, Copy, Debug)]
pub struct SuperStep {
    /// The active nodes, ascending, and whether each has several tasks. None where branches part or end, which is no
    /// super-step of a run.
    pub active: &'static [(usize, bool)],
    /// The super-steps that can follow.
    pub next: &'static [usize],
    /// Groups of super-steps that all precede this one: the ends of branches, or in a coarse flow the sources of each
    /// join.
    pub joins: &'static [&'static [usize]],
    /// The arms of routers, as (node, arm), that were taken right before.
    pub taken: &'static [(usize, usize)],
}

/// Whether a node is active in a super-step, and if so, whether as several tasks.
const fn runs_in(step: &SuperStep, node: usize) -> Option<bool> {
    let mut i = 0;
    while i < step.active.len() {
        if step.active[i].0 == node {
            return Some(step.active[i].1);
        }
        i += 1;
    }
    None
}
