//! What a run begins with.

use crate::graph::Graph;
use crate::run::{Binding, ChildStart, StopConditions};
use crate::state::State;

/// What a run begins with.
pub(crate) struct Start<G: Graph> {
    /// What it is given; without it, the thread goes on where it stopped.
    pub input: Option<<G::State as State>::Input>,
    /// The thread that it goes on with and is saved to.
    pub thread: Option<Binding<G>>,
    /// The state that it begins with inside a task of another run, in place of a fresh one.
    pub entered: Option<ChildStart<G>>,
    /// What may stop it between two super-steps.
    pub stops: Option<Box<StopConditions<G>>>,
    pub recursion_limit: usize,
    pub max_concurrency: usize,
}
