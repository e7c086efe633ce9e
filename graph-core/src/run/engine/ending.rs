//! The end of a run: by itself, at a breakpoint, or by an error.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;
use std::task::{Context as Poller, Poll, ready};

use super::cursor::Cursor;
use super::machine::checkpoint_error;
use super::machine::{Engine, RunResult, Stage, Stop, lost};
use super::suspend::waiting;
use super::task::Lease;
use crate::checkpoint::Remembered;
use crate::error::Error;
use crate::graph::Graph;
use crate::run::breakpoint::names;
use crate::run::stream::emit::Emitter;
use crate::run::{Breakpoint, End, Interrupted, Output, Part};
use crate::state::RunOutput;

impl<G: Graph, F, C> Engine<G, F, C>
where
    F: Future<Output = Box<Lease<G>>> + Send + 'static,
    C: Fn(G::Task, Box<Lease<G>>) -> F + Send,
{
    /// Whether the run stops here, between two steps.
    #[inline(never)]
    pub(super) fn breakpoint_here(&self) -> Result<Option<Box<Breakpoint<G>>>, Box<Error>> {
        let Some(stops) = &self.start.stops else { return Ok(None) };
        let Cursor { tasks, step, .. } = &self.cursor;
        let breakpoint = stops.between(&self.previous, tasks, *step, self.steps_taken == 0);
        if breakpoint.is_none() && stops.is_drained() {
            let thread = self.step.shared.info.thread_id.as_deref().map(str::to_owned);
            return Err(Error::Drained { graph: G::NAME, thread, step: *step, next: names::<G>(tasks) }.into());
        }
        Ok(breakpoint.map(Box::new))
    }

    /// Saves what is left to save of a run that ends so.
    pub(super) fn poll_close(&mut self, cx: &mut Poller<'_>, result: RunResult<G>) -> Poll<RunResult<G>> {
        let Some(journal) = &mut self.journal else { return Poll::Ready(result) };
        match (journal.poll_close(cx), result) {
            (Poll::Pending, result) => {
                self.result = Some(result);
                Poll::Pending
            }
            (Poll::Ready(Ok(())), result) => Poll::Ready(result),
            (Poll::Ready(Err(error)), Ok(_)) => Poll::Ready(Err(checkpoint_error(error))),
            (Poll::Ready(Err(unsaved)), Err(error)) => {
                // The run's own error takes precedence.
                tracing::warn!(graph = G::NAME, error = %unsaved, "the last steps of a failed run were not saved");
                Poll::Ready(Err(error))
            }
        }
    }

    /// Streams the end of the run.
    pub(super) fn end(&mut self, result: RunResult<G>, out: &mut VecDeque<Part<G>>) -> Result<End<G>, Box<Error>> {
        let state = self.lease.as_ref().and_then(|lease| lease.state.as_ref());
        let end = result.and_then(|stop| match (stop, state) {
            (_, None) => Err(lost::<G>()),
            (Stop::Breakpoint(breakpoint), _) => Ok(End::Breakpoint(breakpoint)),
            (Stop::Interrupted(asked), _) => Ok(End::Interrupted(self.interrupted(asked))),
            (Stop::Completed, Some(state)) => output::<G>(state).map(End::Done),
        });
        let mut emit = Emitter::new(&self.step.shared, out);
        if let Ok(End::Breakpoint(breakpoint)) = &end {
            emit.breakpoint(breakpoint);
        }
        if self.has_started {
            let input = self.began_with.take();
            match (&end, state) {
                (Ok(_), Some(state)) => emit.run_ended(input, Ok(state)),
                (Err(error), _) => emit.run_ended(input, Err(error)),
                (Ok(_), None) => {}
            }
        }
        end
    }

    /// Fails the run, once pending writes are saved.
    #[cold]
    pub(super) fn fail(&mut self, error: Box<Error>) -> Result<(), Box<Error>> {
        if self.journal.is_none() {
            return Err(error);
        }
        self.queue_pending();
        (self.stage, self.failure) = (Stage::Stopping, Some(error));
        Ok(())
    }

    /// Ends the run, once what its tasks have done and asked is saved.
    #[cold]
    pub(super) fn interrupt(&mut self) {
        self.queue_pending();
        self.stage = Stage::Stopping;
    }

    #[cold]
    pub(super) fn poll_stopping(&mut self, cx: &mut Poller<'_>) -> Poll<RunResult<G>> {
        let saved = match &mut self.journal {
            Some(journal) => ready!(journal.poll_flush(cx)),
            None => Ok(()),
        };
        let Some(failure) = self.failure.take() else {
            return Poll::Ready(match saved {
                Ok(()) => Ok(Stop::Interrupted(self.step.asked())),
                Err(error) => Err(checkpoint_error(error)),
            });
        };
        if let Err(unsaved) = saved {
            // The run's own error takes precedence.
            tracing::warn!(graph = G::NAME, error = %unsaved, "updates of finished tasks of a failed step were not saved");
        }
        Poll::Ready(Err(failure))
    }

    /// What the run's consumer is told about what its tasks have asked.
    fn interrupted(&self, asked: Vec<Arc<Remembered>>) -> Box<Interrupted<G>> {
        let waiting = asked.iter().filter_map(|asked| {
            let (index, task) = (asked.task, self.cursor.tasks.get(asked.task)?);
            waiting(asked, G::node_of(task), self.step.info(index, task).id())
        });
        let (waiting, thread) = (waiting.collect(), self.step.shared.info.thread_id.clone());
        Box::new(Interrupted::by_tasks(waiting, asked, thread))
    }
}

/// The output of a run that ended in this state.
pub(in crate::run) fn output<G: Graph>(state: &Arc<G::State>) -> Result<Arc<Output<G>>, Box<Error>> {
    <Output<G> as RunOutput<G::State>>::__from_state(state)
        .map_err(|field| Error::OutputUnwritten { graph: G::NAME, field }.into())
}
