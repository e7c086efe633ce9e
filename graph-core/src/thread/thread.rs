//! A durable thread: a conversation, a case, a job.

use std::sync::Arc;
use std::time::SystemTime;

use super::Snapshot;
use crate::checkpoint::Source;
use crate::error::Result;
use crate::graph::Graph;
use crate::run::{App, Binding, Breakpoints, Loaded, NO_INPUT_YET, OnThread, Run};
use crate::state::State;

#[doc = include_str!("../docs/pages/thread_type.md")]
pub struct Thread<G: Graph> {
    app: App<G>,
    binding: Binding<G>,
    breakpoints: Breakpoints<G>,
}

impl<G: Graph> Thread<G> {
    pub(super) fn new(app: App<G>, binding: Binding<G>, breakpoints: Breakpoints<G>) -> Self {
        Self { app, binding, breakpoints }
    }

    /// The thread's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.binding.thread
    }

    /// Runs the graph from START, with this input on top of the state that the thread holds.
    ///
    /// Where the thread stopped in the middle of a run (at a breakpoint, it failed, or was dropped), what was left of that run is given
    /// up; [`continue_run`](Self::continue_run) goes on with it instead.
    pub fn run(&self, input: <G::State as State>::Input) -> Run<G, OnThread> {
        self.app.run_on(Some(input), self.binding.clone(), self.breakpoints.clone())
    }

    /// Goes on with the run that the thread stopped in, at the step that it had not finished. Where there is none, the
    /// run ends at once with the state that the thread holds.
    pub fn continue_run(&self) -> Run<G, OnThread> {
        self.app.run_on(None, self.binding.clone(), self.breakpoints.clone())
    }

    /// The state that the thread holds; of a thread that does not exist yet, the state that it would begin with.
    ///
    /// # Errors
    /// The checkpointer failed, or what it holds does not fit the graph any more.
    pub async fn state(&self) -> Result<Snapshot<G>> {
        let thread_id = self.binding.thread.clone();
        let Some(Loaded { state, cursor, head, .. }) = self.binding.load().await? else {
            let (values, at) = (Arc::new(G::State::__fresh()), SystemTime::UNIX_EPOCH);
            let (step, next, source) = (NO_INPUT_YET, Vec::new(), Source::Input);
            return Ok(Snapshot { values, next, step, source, id: None, parent: None, thread_id, at });
        };
        Ok(Snapshot::of(head, Arc::new(state), &cursor, thread_id))
    }
}

impl<G: Graph> Clone for Thread<G> {
    fn clone(&self) -> Self {
        Self { app: self.app.clone(), binding: self.binding.clone(), breakpoints: self.breakpoints.clone() }
    }
}

impl<G: Graph> std::fmt::Debug for Thread<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Thread").field("graph", &G::NAME).field("id", &self.id()).finish_non_exhaustive()
    }
}
