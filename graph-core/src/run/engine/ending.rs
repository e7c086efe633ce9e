//! The end of a run: by itself, at a breakpoint, or by an error.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;
use std::task::{Context as Poller, Poll, ready};

use super::cursor::Cursor;
use super::machine::{Engine, RunResult, Stage, lost};
use super::task::Lease;
use crate::error::Error;
use crate::graph::Graph;
use crate::run::breakpoint::names;
use crate::run::stream::emit::Emitter;
use crate::run::{Breakpoint, End, Output, Part};
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

    /// Streams the end of the run.
    pub(super) fn end(&mut self, result: RunResult<G>, out: &mut VecDeque<Part<G>>) -> Result<End<G>, Box<Error>> {
        let state = self.lease.as_ref().and_then(|lease| lease.state.as_ref());
        let end = result.and_then(|breakpoint| match (breakpoint, state) {
            (_, None) => Err(lost::<G>()),
            (Some(breakpoint), _) => Ok(End::Breakpoint(breakpoint)),
            (None, Some(state)) => output::<G>(state).map(End::Done),
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
        (self.stage, self.failure) = (Stage::Failing, Some(error));
        Ok(())
    }

    #[cold]
    pub(super) fn poll_failing(&mut self, cx: &mut Poller<'_>) -> Poll<RunResult<G>> {
        if let Some(journal) = &mut self.journal
            && let Err(unsaved) = ready!(journal.poll_flush(cx))
        {
            // The run's own error takes precedence.
            tracing::warn!(graph = G::NAME, error = %unsaved, "updates of finished tasks of a failed step were not saved");
        }
        Poll::Ready(Err(self.failure.take().unwrap_or_else(lost::<G>)))
    }
}

/// The output of a run that ended in this state.
pub(in crate::run) fn output<G: Graph>(state: &Arc<G::State>) -> Result<Arc<Output<G>>, Box<Error>> {
    <Output<G> as RunOutput<G::State>>::__from_state(state)
        .map_err(|field| Error::OutputUnwritten { graph: G::NAME, field }.into())
}
