//! The end of a task: streamed, and kept in its slot until the step is complete.

use std::collections::VecDeque;
use std::sync::Arc;

use super::guard::guard;
use super::reports::Report;
use super::step::{Step, task_end};
use super::task::{Lease, TaskEnd, TaskWrites};
use crate::checkpoint::{Remembered, RememberedKind};
use crate::context::ProducedBy;
use crate::error::{Error, Failure};
use crate::graph::{Graph, GraphNode, GraphUpdate, TaskOutput};
use crate::node::{HandlerError, NodeError};
use crate::panic::panic_text;
use crate::run::Part;
use crate::run::stream::emit::{Emitter, TaskView};

impl<G: Graph> Step<G> {
    /// Handles the end of a task: streams it and keeps its writes. The first failure becomes the step's.
    #[inline]
    pub(super) fn end_task(
        &mut self,
        index: usize,
        task: &G::Task,
        end: TaskEnd<G>,
        state: Option<&Arc<G::State>>,
        out: &mut VecDeque<Part<G>>,
    ) {
        self.left -= 1;
        if self.shared.reports.has_any() {
            self.take_reports();
        }
        if !self.slots[index].asked.is_empty() {
            // Whatever it returned: an interrupt cannot be swallowed.
            return self.suspend_task(index, task, state, out);
        }
        let TaskOutput { mut update, route } = match end.result {
            Ok(Ok(output)) => output,
            Ok(Err(error)) => {
                let error = node_error::<G>(error, task, self.number, end.attempt);
                return self.fail_task(index, task, end.produced_by, error, state, out);
            }
            Err(panic) => {
                let in_handler = self.slots[index].in_handler;
                let produced_by = if in_handler { ProducedBy::Handler } else { ProducedBy::Node };
                let what = format!("{}node `{}`", if in_handler { "the handler of " } else { "" }, name::<G>(task));
                let message = panic_text(&*panic);
                let error = Error::Panic { graph: G::NAME, what, step: self.number, message };
                return self.fail_task(index, task, produced_by, error.into(), state, out);
            }
        };
        let prepared = guard::<G, _>(
            self.number,
            || reducer_of::<G>(task),
            || {
                update.as_dyn_mut().prepare();
                Ok(())
            },
        );
        if let Err(error) = prepared {
            return self.fail_task(index, task, end.produced_by, error, state, out);
        }
        self.wrote = self.wrote.union(update.as_dyn().written());
        let pushed = self.take_pushed(index, end.attempt, end.produced_by);
        let mut emit = Emitter::new(&self.shared, out);
        if self.has_infos() {
            let info = end.produced_by.streamed(self.info(index, task));
            emit.task_done(&TaskView { info, state, task }, &pushed, &update);
        } else {
            emit.update(end.produced_by, &pushed, &update);
        }
        if self.has_journal {
            self.finished.push(index);
        }
        self.slots[index].finish(TaskWrites { update: Some(update), route, pushed });
    }

    /// [`end_task`](Self::end_task) for the only task of a step, whose result stays in its lease.
    #[inline(always)]
    pub(super) fn end_only(&mut self, task: &G::Task, lease: &mut Lease<G>, out: &mut VecDeque<Part<G>>) {
        let produced_by = lease.cx.run.task.produced_by;
        let Some(Ok(TaskOutput { update, .. })) = &mut lease.result else {
            return self.end_leased(task, lease, out);
        };
        if self.shared.reports.has_any() {
            return self.end_leased(task, lease, out);
        }
        let prepared = guard::<G, _>(
            self.number,
            || reducer_of::<G>(task),
            || {
                update.as_dyn_mut().prepare();
                Ok(())
            },
        );
        self.left = 0;
        if let Err(error) = prepared {
            return self.fail_task(0, task, produced_by, error, lease.state.as_ref(), out);
        }
        self.wrote = update.as_dyn().written();
        if self.shared.modes.is_none() {
            // Nothing to emit.
        } else if self.has_infos() {
            let info = produced_by.streamed(self.info(0, task));
            let view = TaskView { info, state: lease.state.as_ref(), task };
            Emitter::new(&self.shared, out).task_done(&view, &[], update);
        } else {
            Emitter::new(&self.shared, out).update(produced_by, &[], update);
        }
        self.slots[0].finish_in_lease();
    }

    #[cold]
    fn end_leased(&mut self, task: &G::Task, lease: &mut Lease<G>, out: &mut VecDeque<Part<G>>) {
        let end = task_end(lease);
        self.end_task(0, task, end, lease.state.as_ref(), out);
    }

    /// Moves the result of the only task from its lease to its slot.
    pub(super) fn take_from_lease(&mut self, lease: &mut Lease<G>) {
        if let Some(slot) = self.slots.first_mut()
            && slot.is_in_lease()
            && let Some(Ok(output)) = lease.result.take()
        {
            slot.take_from_lease(output);
            self.finished.push(0);
        }
    }

    /// Sorts the reports of running tasks into their slots. Late reports of earlier steps are dropped.
    #[cold]
    pub(super) fn take_reports(&mut self) {
        for report in self.shared.reports.take() {
            let task = *report.task();
            let Some(slot) =
                self.slots.get_mut(task.index).filter(|slot| task.step == self.number && !slot.has_ended())
            else {
                continue;
            };
            match report {
                Report::Pushed(pushed) => slot.pushed.push(pushed),
                Report::HandlerStarted(_) => slot.in_handler = true,
                Report::Asked(_, asked) => {
                    slot.asked.extend(asked);
                    self.has_asking = true;
                }
            }
        }
    }

    /// The messages pushed by the attempt that succeeded. Those of failed attempts are not written.
    #[inline]
    fn take_pushed(&mut self, index: usize, attempt: u32, by: ProducedBy) -> Vec<crate::run::Pushed<G>> {
        let slot = &mut self.slots[index];
        if slot.pushed.is_empty() {
            return Vec::new();
        }
        let mut pushed = std::mem::take(&mut slot.pushed);
        pushed.retain(|pushed| pushed.task.attempt == attempt && pushed.task.produced_by == by);
        self.has_extra_writes |= !pushed.is_empty();
        self.wrote = pushed.iter().fold(self.wrote, |wrote, pushed| wrote.union(pushed.written()));
        pushed
    }

    #[cold]
    fn fail_task(
        &mut self,
        index: usize,
        task: &G::Task,
        produced_by: ProducedBy,
        error: Box<Error>,
        state: Option<&Arc<G::State>>,
        out: &mut VecDeque<Part<G>>,
    ) {
        let mut emit = Emitter::new(&self.shared, out);
        if self.has_infos() {
            let info = produced_by.streamed(self.info(index, task));
            emit.task_failed(&TaskView { info, state, task }, &error);
        }
        if let Some(memory) = self.shared.info.own_memory() {
            let (kind, key, name) =
                (RememberedKind::Error, self.info(index, task).id().uuid(), name::<G>(task).to_owned());
            // Saved before the run ends; nobody waits for it.
            drop(memory.remember(Remembered { task: index, kind, key, name, value: error.to_string().into_bytes() }));
        }
        self.slots[index].fail();
        self.failure.get_or_insert(error);
    }
}

fn reducer_of<G: Graph>(task: &G::Task) -> String {
    format!("a reducer behind node `{}`", name::<G>(task))
}

fn name<G: Graph>(task: &G::Task) -> &'static str {
    G::node_of(task).name()
}

fn node_error<G: Graph>(source: NodeError, task: &G::Task, step: i64, attempt: u32) -> Box<Error> {
    // Not wrapped once for each run around it.
    if let Some(&Error::NestingLimit { graph, limit }) = source.downcast_ref() {
        return Box::new(Error::NestingLimit { graph, limit });
    }
    // If the handler failed too, the attempts are those of the node.
    let attempt = source.downcast_ref::<HandlerError>().map_or(attempt, |both| both.attempts);
    Box::new(Error::Node { graph: G::NAME, node: name::<G>(task), step, attempt, source: Failure::new(source) })
}
