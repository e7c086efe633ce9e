//! The end of a step: applying and saving it, or saving the updates of finished tasks if it fails.

use std::collections::VecDeque;
use std::future::Future;
use std::task::{Context as Poller, Poll};

use super::apply::{OrderedWrite, gather};
use super::cursor::PendingTask;
use super::machine::{AfterSave, Engine, Stage, checkpoint_error, lost};
use super::step::Step;
use super::task::{Lease, Restored, TaskSlot};
use crate::checkpoint::{CheckpointError, PendingWrite, RecordedUpdate, Source};
use crate::error::Error;
use crate::graph::{Graph, GraphUpdate};
use crate::run::journal::Journal;
use crate::run::{Part, Values};
use crate::state::{FieldSet, RunValues, Update};

impl<G: Graph, F, C> Engine<G, F, C>
where
    F: Future<Output = Box<Lease<G>>> + Send + 'static,
    C: Fn(G::Task, Box<Lease<G>>) -> F + Send,
{
    /// Applies the updates of a complete step, follows the edges, and saves the step.
    #[inline]
    pub(super) fn complete_step(&mut self, out: &mut VecDeque<Part<G>>) -> Result<(), Box<Error>> {
        if self.start.stops.is_some() {
            self.previous = self.cursor.tasks.iter().map(G::node_of).collect();
        }
        if self.journal.is_some() || self.is_child() || self.step.has_extra_writes {
            return self.complete_with_writes(out);
        }
        let Some(lease) = &mut self.lease else { return Err(lost::<G>()) };
        let wrote = self.step.apply(lease, &self.cursor.tasks, &mut self.cursor.scheduler)?;
        self.cursor.scheduler.take(&mut self.cursor.tasks);
        let shown = !wrote.intersection(<Values<G> as RunValues<G::State>>::FIELDS).is_empty();
        self.after_save(AfterSave::Step { shown }, out)
    }

    /// The same if the writes are needed one by one: to save them, or to combine them for the parent run.
    #[inline(never)]
    fn complete_with_writes(&mut self, out: &mut VecDeque<Part<G>>) -> Result<(), Box<Error>> {
        if let Some(lease) = &mut self.lease {
            self.step.take_from_lease(lease);
        }
        let mut finished = self.step.take_finished();
        let mut routes = Vec::new();
        if let Some(journal) = &self.journal {
            for task in &finished {
                let route = self.step.encode_route(&**journal, *task).map_err(checkpoint_error)?;
                routes.extend(route.map(|route| (*task, route)));
            }
        }
        let mut writes = self.step.take_writes(&self.cursor.tasks);
        let mut encoded = Vec::new();
        if let Some(journal) = &self.journal {
            encoded.reserve_exact(writes.len());
            for OrderedWrite { task, update, .. } in &writes {
                let node = G::node_of(&self.cursor.tasks[*task]);
                let update = update.as_ref().map(|update| journal.encode(Some(node), update));
                encoded.extend(update.transpose().map_err(checkpoint_error)?);
            }
        }
        if self.is_child() {
            let updates = writes.iter().filter_map(|write| write.update.as_ref());
            updates.for_each(|update| gather::<G>(&mut self.gathered, update));
        }
        let Some(state) = self.lease.as_mut().and_then(|lease| lease.state.as_mut()) else { return Err(lost::<G>()) };
        let applied = self.step.apply_ordered(&mut writes, state, &self.cursor.tasks, &mut self.cursor.scheduler);
        let wrote = match applied {
            Ok(wrote) => wrote,
            Err(error) => {
                // A reducer or router panicked: the updates of finished tasks are saved nevertheless.
                let kept = finished.iter().filter_map(|task| pending_write(*task, &mut routes, &writes, &encoded));
                let kept = kept.collect();
                if let Some(journal) = &mut self.journal {
                    journal.save_pending(kept, Vec::new(), self.cursor.step);
                }
                return self.fail(error);
            }
        };
        self.cursor.scheduler.take(&mut self.cursor.tasks);
        let shown = !wrote.intersection(<Values<G> as RunValues<G::State>>::FIELDS).is_empty();
        // For the next step, whose buffers they are.
        finished.clear();
        writes.clear();
        (self.step.finished, self.step.ordered) = (finished, writes);
        if let Some(memory) = self.step.shared.info.own_memory() {
            memory.forget();
            self.cursor.kept.change(memory.take_left());
        }
        self.save_step(Source::Loop, encoded, AfterSave::Step { shown }, out)
    }

    /// Saves a step if there is a thread.
    pub(super) fn save_step(
        &mut self,
        source: Source,
        writes: Vec<RecordedUpdate>,
        after: AfterSave,
        out: &mut VecDeque<Part<G>>,
    ) -> Result<(), Box<Error>> {
        let Some(journal) = &mut self.journal else { return self.after_save(after, out) };
        let Some(state) = self.lease.as_ref().and_then(|lease| lease.state.as_ref()) else { return Err(lost::<G>()) };
        journal.save_step(source, writes, &self.cursor, state).map_err(checkpoint_error)?;
        self.cursor.kept.saved();
        self.stage = Stage::Saving(after);
        Ok(())
    }

    /// Saves what tasks have done and remembered while others run. If this fails, the run fails: its step could not be
    /// saved either. `true` if there is more to save.
    #[inline(never)]
    pub(super) fn save_finished(&mut self, cx: &mut Poller<'_>) -> Result<bool, Box<Error>> {
        self.queue_pending();
        match self.journal.as_mut().map(|journal| journal.poll_flush(cx)) {
            Some(Poll::Ready(Err(error))) => return Err(checkpoint_error(error)),
            // The tasks that wait for it are woken.
            Some(Poll::Ready(Ok(()))) => self.waiting_for_save.drain(..).for_each(|saved| _ = saved.send(())),
            _ => {}
        }
        Ok(self.step.shared.info.own_memory().is_some_and(|memory| !memory.sleep(cx.waker())))
    }

    /// Passes what tasks have done and remembered to the journal, each once.
    pub(super) fn queue_pending(&mut self) {
        let Some(journal) = &mut self.journal else { return };
        let writes = self.step.take_pending(&**journal, &self.cursor.tasks);
        let mut remembered = Vec::new();
        if let Some(memory) = self.step.shared.info.own_memory()
            && memory.has_unsaved()
        {
            for unsaved in memory.take_unsaved() {
                remembered.push(unsaved.remembered);
                self.waiting_for_save.extend(unsaved.saved);
            }
        }
        journal.save_pending(writes, remembered, self.cursor.step);
    }
}

/// The pending write of a task, from the encoded writes of its step.
fn pending_write<G: Graph>(
    task: usize,
    routes: &mut Vec<(usize, Vec<u8>)>,
    writes: &[OrderedWrite<G>],
    encoded: &[RecordedUpdate],
) -> Option<PendingWrite> {
    let of_task = || writes.iter().zip(encoded).filter(|(write, _)| write.task == task);
    let (_, write) = of_task().find(|(write, _)| !write.is_pushed)?;
    let pushed = of_task().filter(|(write, _)| write.is_pushed).map(|(_, encoded)| encoded.update.clone()).collect();
    let route = routes.iter().position(|(of, _)| *of == task).map(|at| routes.swap_remove(at).1);
    Some(PendingWrite { task, write: write.clone(), route, pushed })
}

impl<G: Graph> Step<G> {
    /// The finished tasks whose updates are not pending yet.
    fn take_finished(&mut self) -> Vec<usize> {
        let mut finished = std::mem::take(&mut self.finished);
        finished.retain(|index| self.slots.get(*index).and_then(TaskSlot::writes).is_some());
        finished
    }

    /// The route that a task has decided, encoded.
    fn encode_route(&self, journal: &dyn Journal<G>, task: usize) -> Result<Option<Vec<u8>>, CheckpointError> {
        let route = self.slots.get(task).and_then(TaskSlot::writes).and_then(|writes| writes.route.as_ref());
        route.map(|route| journal.encode_route(route)).transpose()
    }

    /// The pending writes of finished tasks. What cannot be encoded fails the step at its end; if the step fails before
    /// that, the task runs again.
    fn take_pending(&mut self, journal: &dyn Journal<G>, tasks: &[G::Task]) -> Vec<PendingWrite> {
        let finished = self.take_finished();
        finished.into_iter().filter_map(|task| self.encode_pending(journal, task, &tasks[task])).collect()
    }

    fn encode_pending(&self, journal: &dyn Journal<G>, index: usize, task: &G::Task) -> Option<PendingWrite> {
        let writes = self.slots[index].writes()?;
        let write = journal.encode(Some(G::node_of(task)), &writes.update.clone()?.into_update()).ok()?;
        let pushed = writes.pushed.iter().map(|pushed| journal.encode(None, &pushed.to_update()));
        let pushed = pushed.map(|pushed| pushed.map(|pushed| pushed.update)).collect::<Result<_, _>>().ok()?;
        Some(PendingWrite { task: index, write, route: self.encode_route(journal, index).ok()?, pushed })
    }

    /// Restores what finished tasks wrote in an earlier run: these tasks do not run again.
    #[cold]
    pub(super) fn restore(&mut self, pending: Vec<PendingTask<G>>) {
        for PendingTask { task, update, route, pushed } in pending {
            if let Some(slot) = self.slots.get_mut(task)
                && !slot.has_ended()
            {
                let written = pushed.iter().map(Update::written).fold(update.written(), FieldSet::union);
                self.wrote = self.wrote.union(written);
                self.has_extra_writes = true;
                self.left -= 1;
                slot.restore(Restored { update, pushed }, route);
            }
        }
    }
}
