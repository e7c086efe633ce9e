//! A durable thread: a conversation, a case, a job.

use std::sync::Arc;
use std::time::SystemTime;

use uuid::Uuid;

use super::{History, Snapshot};
use crate::checkpoint::{Lease, Source};
use crate::error::Result;
use crate::graph::Graph;
use crate::interrupt::{Answer, AnswerType, Answers, Resumes};
use crate::run::{
    App, Binding, Breakpoints, HasInvoke, HasStream, Loaded, NO_INPUT_YET, OnThread, PartStream, Run, edit,
};
use crate::state::State;

#[doc = include_str!("../docs/pages/thread_type.md")]
pub struct Thread<G: Graph> {
    app: App<G>,
    pub(super) binding: Binding<G>,
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
    /// more, and ends with [`CheckpointError::StaleLease`](crate::checkpoint::CheckpointError::StaleLease). Without it, a run
    /// of a thread whose lease somebody holds ends with [`CheckpointError::Leased`](crate::checkpoint::CheckpointError::Leased).
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

    /// Continues the thread's last run with these answers, or without any.
    pub(crate) fn answered(&self, answers: Vec<Answer>) -> Run<G, OnThread> {
        self.run_with(None, answers)
    }

    fn run_with(&self, input: Option<<G::State as State>::Input>, answers: Vec<Answer>) -> Run<G, OnThread> {
        self.app.run_on(input, self.binding.clone(), self.breakpoints.clone(), answers)
    }

    /// The same thread from this checkpoint on, whatever came after it: its runs and updates start a new branch there, and the
    /// thread's newest checkpoint is then that of the branch. The checkpoints of the other branches stay.
    ///
    /// `thread.at(id).continue_run()` replays: the tasks that were next run again, interrupts are asked again, and a checkpoint
    /// of [`Source::Fork`] begins the branch. `thread.at(id).update(..)` forks with another update. The checkpoint of an input
    /// counts as that of the step which applies it, except for [`state`](Self::state).
    ///
    /// ```
    /// # use graph_core::prelude::*;
    /// # #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    /// # struct Log {
    /// #     #[state(input, reduce = Append)]
    /// #     log: Vec<String>,
    /// # }
    /// # #[node]
    /// # fn plan(_: &Log) -> LogWrite::Log {
    /// #     LogWrite::Log(vec!["plan".into()])
    /// # }
    /// # #[node]
    /// # fn pay(_: &Log) -> LogWrite::Log {
    /// #     LogWrite::Log(vec!["pay".into()])
    /// # }
    /// # graph! {
    /// #     Orders<Log> {
    /// #         START -> plan -> pay -> END;
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> graph_core::Result<()> {
    /// let thread = Orders::new().checkpointer(MemorySaver::new()).thread("order-7");
    /// thread.run(LogInput { log: vec![] }).await?;
    /// let mut history = thread.history();
    /// let mut planned = None;
    /// while let Some(snapshot) = history.next().await {
    ///     let snapshot = snapshot?;
    ///     if snapshot.next == [OrdersNode::Pay] {
    ///         planned = snapshot.id;
    ///     }
    /// }
    ///
    /// let fork = thread.at(planned.expect("a checkpoint before `pay`"));
    /// fork.update(OrdersUpdate::Plan(LogWrite::Log(vec!["plan better".into()]))).await?;
    /// assert_eq!(thread.continue_run().await?.log, ["plan", "plan better", "pay"]);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn at(&self, checkpoint: Uuid) -> Self {
        let mut at = self.clone();
        at.binding.at = Some(checkpoint);
        at
    }

    /// The checkpoints of the thread, newest first.
    pub fn history(&self) -> History<G> {
        History::new(self.binding.clone())
    }

    /// Writes an update in the name of a node, as if the node had run: its reducers apply, and its edges say what runs next,
    /// in place of the node if that was next. Returns the new checkpoint, of [`Source::Update`]. Nothing runs until
    /// [`continue_run`](Self::continue_run).
    ///
    /// The graph's update enum says what each node can write. A node that decides its own route has decided none. What tasks
    /// of an incomplete step had done is dropped: those that are still next run again. On a thread that does not exist, the
    /// update is its first checkpoint.
    ///
    /// # Errors
    /// The checkpointer failed, the saved values no longer fit the graph, or a reducer or router panicked. Then nothing is
    /// saved.
    pub async fn update(&self, update: G::Update) -> Result<Snapshot<G>> {
        self.update_all([update]).await
    }

    /// Writes several updates as one step, in this order: see [`update`](Self::update).
    ///
    /// # Errors
    /// Those of [`update`](Self::update).
    pub async fn update_all(&self, updates: impl IntoIterator<Item = G::Update>) -> Result<Snapshot<G>> {
        let updates = updates.into_iter().collect();
        edit(self.binding.clone(), updates).await.map_err(|error| *error)
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
        if let Some(at) = self.binding.at
            && self.binding.is_input(at).await?
            && let Some(snapshot) = self.binding.clone().read(at, true).await?
        {
            return Ok(snapshot);
        }
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
