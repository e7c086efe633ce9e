//! A durable thread: a conversation, a case, a job.

use std::sync::Arc;
use std::time::SystemTime;

use super::Snapshot;
use crate::checkpoint::{Lease, Source};
use crate::error::Result;
use crate::graph::Graph;
use crate::interrupt::{Answer, AnswerType, Answers, Resumes};
use crate::run::{App, Binding, Breakpoints, HasInvoke, HasStream, Loaded, NO_INPUT_YET, OnThread, PartStream, Run};
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

    /// The same thread, written under this lease: once another owner has taken the thread over, a run saves nothing any
    /// more, and ends with [`CheckpointError::StaleLease`](crate::checkpoint::CheckpointError::StaleLease).
    ///
    /// A lease is taken by [`Saver::lease`](crate::checkpoint::Saver::lease), and not renewed by runs.
    #[must_use]
    pub fn with_lease(mut self, lease: Lease) -> Self {
        self.binding.lease = Some(Arc::new(lease));
        self
    }

    /// Runs the graph from START, with this input applied to the thread's state.
    ///
    /// If the thread's last run did not complete (it stopped at a breakpoint, failed, or was dropped), its remaining
    /// tasks are dropped; [`continue_run`](Self::continue_run) continues it instead.
    pub fn run(&self, input: <G::State as State>::Input) -> Run<G, OnThread> {
        self.run_with(Some(input), Vec::new())
    }

    /// Continues the thread's last run at its first incomplete step. If that run is complete, this one ends at once
    /// with the thread's state.
    pub fn continue_run(&self) -> Run<G, OnThread> {
        self.run_with(None, Vec::new())
    }

    /// Answers an interrupt of the thread, and continues its last run.
    ///
    /// The answer's type says which interrupt it is for. If several interrupts of the graph have such an answer,
    /// `resume::<_, I>(answer)` says which; if several of them wait, [`resume_with`](Self::resume_with) does. The answer is
    /// saved before anything runs. Interrupts that are not answered wait on, and so do their tasks.
    ///
    /// # Errors
    /// The run ends with [`Error::Answer`](crate::Error::Answer) if the answer does not fit; then the thread is as it was.
    #[expect(clippy::needless_pass_by_value, reason = "the answer is given away")]
    pub fn resume<A: AnswerType, I>(&self, answer: A) -> Run<G, OnThread>
    where
        G: Resumes<A, I>,
    {
        self.resume_with(Answers::the_only(<G as Resumes<A, I>>::INTERRUPT, &answer))
    }

    /// Answers interrupts of the thread by their ids, and continues its last run.
    ///
    /// # Errors
    /// The run ends with [`Error::Answer`](crate::Error::Answer) if one does not fit; then none is taken, and the thread is
    /// as it was.
    pub fn resume_with(&self, answers: Answers<G>) -> Run<G, OnThread> {
        self.run_with(None, answers.into_vec())
    }

    fn run_with(&self, input: Option<<G::State as State>::Input>, answers: Vec<Answer>) -> Run<G, OnThread> {
        self.app.run_on(input, self.binding.clone(), self.breakpoints.clone(), answers)
    }

    /// Exists for its error message: LangGraph's `invoke` is [`run`](Self::run).
    #[doc(hidden)]
    pub fn invoke(&self, _input: impl Sized) -> Run<G, OnThread>
    where
        Self: HasInvoke,
    {
        unreachable!("no `Thread` has `invoke`")
    }

    /// Exists for its error message: LangGraph's `ainvoke` is [`run`](Self::run).
    #[doc(hidden)]
    pub fn ainvoke(&self, _input: impl Sized) -> Run<G, OnThread>
    where
        Self: HasInvoke,
    {
        unreachable!("no `Thread` has `ainvoke`")
    }

    /// Exists for its error message: a stream is one of a [`Run`].
    #[doc(hidden)]
    pub fn stream(&self, _input: impl Sized) -> PartStream<G>
    where
        Self: HasStream,
    {
        unreachable!("no `Thread` has a stream")
    }

    /// The thread's state; the initial state if the thread does not exist.
    ///
    /// # Errors
    /// The checkpointer failed, or the saved values no longer fit the graph.
    pub async fn state(&self) -> Result<Snapshot<G>> {
        let thread_id = self.binding.thread.clone();
        let Some(Loaded { state, cursor, head, .. }) = self.binding.load().await? else {
            let (values, at) = (Arc::new(G::State::__initial()), SystemTime::UNIX_EPOCH);
            let (step, next, source) = (NO_INPUT_YET, Vec::new(), Source::Input);
            return Ok(Snapshot {
                values,
                next,
                tasks: Vec::new(),
                step,
                source,
                id: None,
                parent: None,
                thread_id,
                at,
            });
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
