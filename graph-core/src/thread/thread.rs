//! A durable thread: a conversation, a case, a job.

use std::sync::Arc;
use std::time::SystemTime;

use super::Snapshot;
use crate::checkpoint::Source;
use crate::error::Result;
use crate::graph::Graph;
use crate::run::{App, Binding, Breakpoints, OnThread, Run};
use crate::state::State;

/// A durable thread of a graph: each run goes on from the state that the one before it has left.
///
/// Made by [`DurableApp::thread`](super::DurableApp::thread). Runs of one thread take turns: one that finds that another has gone on with the thread
/// meanwhile ends with [`CheckpointError::Conflict`](crate::checkpoint::CheckpointError::Conflict).
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
        let Some(loaded) = self.binding.load().await? else {
            let (values, at) = (Arc::new(G::State::__fresh()), SystemTime::UNIX_EPOCH);
            let (next, source) = (Vec::new(), Source::Input);
            return Ok(Snapshot { values, next, step: -2, source, id: None, parent: None, thread_id, at });
        };
        let next = loaded.tasks.iter().map(G::node_of).collect();
        let head = loaded.head;
        Ok(Snapshot {
            values: Arc::new(loaded.state),
            next,
            step: head.step,
            source: head.source,
            id: Some(head.id),
            parent: head.parent,
            thread_id,
            at: head.at,
        })
    }
}

impl<G: Graph> Clone for Thread<G> {
    fn clone(&self) -> Self {
        Self { app: self.app.clone(), binding: self.binding.clone(), breakpoints: self.breakpoints.clone() }
    }
}
