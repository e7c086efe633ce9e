//! The position of a run between two super-steps; it is loaded, saved and shown as one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use uuid::Uuid;

use super::scheduler::Scheduler;
use crate::checkpoint::{KeptState, Remembered};
use crate::graph::Graph;
use crate::state::State;

/// The step of a run without an input. LangGraph counts the first input as -1 and the next step as 0, and clients show
/// these numbers.
pub(crate) const NO_INPUT_YET: i64 = -2;

/// By how much an input advances the step.
const INPUT_STEPS: i64 = 2;

/// The position of a run between two super-steps.
pub(crate) struct Cursor<G: Graph> {
    /// The last step: 0 once the first input is applied, 1 for the first nodes.
    pub step: i64,
    /// The tasks of the next step, in the order in which they start.
    pub tasks: Vec<G::Task>,
    /// The sources that have arrived at joins, and the deferred nodes.
    pub scheduler: Scheduler<G>,
    /// What finished tasks of the next step wrote, from an earlier run in which that step failed.
    pub pending: Vec<PendingTask<G>>,
    /// What tasks of the next step have asked, and is not answered.
    pub asked: Vec<Arc<Remembered>>,
    /// The states of subgraphs that the thread keeps between calls.
    pub kept: KeptStates,
    /// The errors of tasks of the next step, in the last run that tried it.
    pub errors: Vec<TaskError>,
}

/// The error of a task.
#[derive(Clone, Debug)]
pub(crate) struct TaskError {
    /// The index of the task.
    pub task: usize,
    pub error: String,
}

/// What a finished task of a step that is not complete wrote.
pub(crate) struct PendingTask<G: Graph> {
    /// The index of the task.
    pub task: usize,
    pub update: <G::State as State>::Update,
    pub route: Option<G::Route>,
    pub pushed: Vec<<G::State as State>::Update>,
}

/// The states of subgraphs that a thread keeps between calls.
#[derive(Debug, Default)]
pub(crate) struct KeptStates {
    all: BTreeMap<Uuid, KeptState>,
    /// Those that are not saved yet.
    changed: BTreeSet<Uuid>,
}

impl KeptStates {
    /// Those of a loaded checkpoint.
    pub(crate) fn load(&mut self, kept: Vec<KeptState>) {
        self.all.extend(kept.into_iter().map(|kept| (kept.key, kept)));
    }

    /// Those that subgraphs have left in a step.
    pub(crate) fn change(&mut self, kept: Vec<KeptState>) {
        self.changed.extend(kept.iter().map(|kept| kept.key));
        self.load(kept);
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &KeptState> {
        self.all.values()
    }

    /// Those that are not saved yet.
    pub(crate) fn changed(&self) -> impl Iterator<Item = &KeptState> {
        self.changed.iter().filter_map(|key| self.all.get(key))
    }

    /// They are saved with the next checkpoint.
    pub(crate) fn saved(&mut self) {
        self.changed.clear();
    }
}

impl<G: Graph> Cursor<G> {
    /// Before the first input.
    pub(crate) fn new() -> Self {
        let (tasks, scheduler, pending, asked, errors) =
            (Vec::new(), Scheduler::new(), Vec::new(), Vec::new(), Vec::new());
        Self { step: NO_INPUT_YET, tasks, scheduler, pending, asked, kept: KeptStates::default(), errors }
    }

    /// The step of the next input.
    pub(crate) fn input_step(&self) -> i64 {
        self.step + INPUT_STEPS
    }

    /// Drops what tasks of the next step have done: all of them run.
    pub(crate) fn forget_progress(&mut self) {
        self.pending.clear();
        self.asked.clear();
        self.errors.clear();
    }

    /// Drops the tasks of an earlier run: an input starts again from START.
    pub(crate) fn abandon_tasks(&mut self) {
        let kept = std::mem::take(&mut self.kept);
        *self = Self { step: self.step, kept, ..Self::new() };
    }
}
