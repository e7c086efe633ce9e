//! Where a run stands between two super-steps: loaded, saved and shown as one.

use super::scheduler::Scheduler;
use crate::graph::Graph;
use crate::state::State;

/// The step of a run that has taken no input. LangGraph counts the input of a fresh thread as -1 and what it leads to as
/// 0, and clients show these numbers.
pub(crate) const NO_INPUT_YET: i64 = -2;

/// By how much an input advances the step.
const INPUT_STEPS: i64 = 2;

/// Where a run stands between two super-steps.
pub(crate) struct Cursor<G: Graph> {
    /// The last step: 0 for the first input, 1 for the first nodes.
    pub step: i64,
    /// The tasks of the next step, in the order of their nodes.
    pub tasks: Vec<G::Task>,
    /// What has arrived at joins, and the deferred nodes.
    pub scheduler: Scheduler<G>,
    /// Updates of finished tasks of the next step, from an earlier run in which that step failed, by index of the task.
    pub pending: Vec<(usize, <G::State as State>::Update)>,
}

impl<G: Graph> Cursor<G> {
    /// Before the first input.
    pub(crate) fn new() -> Self {
        Self { step: NO_INPUT_YET, tasks: Vec::new(), scheduler: Scheduler::new(), pending: Vec::new() }
    }

    /// The step that the next input becomes.
    pub(crate) fn input_step(&self) -> i64 {
        self.step + INPUT_STEPS
    }

    /// Gives up what was left of an earlier run: an input starts over from START.
    pub(crate) fn abandon_tasks(&mut self) {
        *self = Self { step: self.step, ..Self::new() };
    }
}
