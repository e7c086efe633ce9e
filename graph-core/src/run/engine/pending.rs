//! What is kept of a super-step that failed: what those of its tasks wrote that had ended.

use crate::checkpoint::{CheckpointError, Entry, Pending};
use crate::graph::{Graph, GraphUpdate};
use crate::run::engine::step::Step;
use crate::run::journal::Journal;
use crate::state::{State, Update};

/// What tasks of a step wrote before, in a run whose step failed, by their places. Empty but in the first step of a run that
/// goes on with such a thread.
pub(super) struct Restored<G: Graph>(Vec<(usize, <G::State as State>::Update)>);

impl<G: Graph> Default for Restored<G> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<G: Graph> Restored<G> {
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the task at this place has ended before.
    #[inline]
    pub(super) fn has(&self, task: usize) -> bool {
        !self.0.is_empty() && self.0.iter().any(|(restored, _)| *restored == task)
    }

    /// Takes what the task at this place wrote.
    pub(super) fn take(&mut self, task: usize) -> Option<<G::State as State>::Update> {
        let place = self.0.iter().position(|(restored, _)| *restored == task)?;
        Some(self.0.swap_remove(place).1)
    }
}

impl<G: Graph> Step<G> {
    /// Puts down what tasks of the next step wrote before.
    pub(crate) fn restore(&mut self, pending: Vec<(usize, <G::State as State>::Update)>) {
        self.restored = Restored(pending);
    }

    /// Counts what was restored as written, and its tasks as ended. What is of no task of the step is dropped: the graph
    /// has changed since.
    #[inline(never)]
    pub(super) fn take_restored(&mut self, count: usize) {
        // The only task of a step is the one that failed.
        self.restored.0.retain(|(task, _)| count > 1 && *task < count);
        self.restored.0.sort_by_key(|(task, _)| *task);
        self.restored.0.dedup_by_key(|(task, _)| *task);
        for (_, update) in &self.restored.0 {
            self.wrote = self.wrote.union(update.written());
            self.left -= 1;
        }
    }

    /// What is to be saved of this step, which has failed: what its tasks wrote that have ended; nothing, where none has.
    ///
    /// A task that decided its route, or pushed messages, runs again: what it decided cannot be saved.
    pub(crate) fn pending(
        &mut self,
        journal: &Journal<G>,
        step: i64,
        node_of: impl Fn(usize) -> G::Node,
    ) -> Result<Option<Entry>, CheckpointError> {
        let mut pending = Vec::new();
        for (task, update) in std::mem::take(&mut self.restored.0) {
            pending.push(Pending { task, write: journal.record(Some(node_of(task)), &update)? });
        }
        for (task, update) in self.updates.iter_mut().enumerate() {
            let decided = self.routes.get(task).is_some_and(Option::is_some);
            if let Some(update) = update.take().filter(|_| !decided && !self.pushes.has(task)) {
                let node = update.node();
                pending.push(Pending { task, write: journal.record(Some(node), &update.into_update())? });
            }
        }
        Ok((!pending.is_empty()).then(|| journal.pending(step, pending)))
    }
}
