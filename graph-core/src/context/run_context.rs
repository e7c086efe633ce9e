//! The context of any graph: everything that does not depend on the graph's types.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::task::{Context as Poller, Poll};

use uuid::Uuid;

use super::{Payload, RunInfo, Scope, Signal, Sink, Span, SpanKind, TaskId, TaskInfo};
use crate::cache::NodeCache;
use crate::checkpoint::{Remembered, Saved};
use crate::message::MessageChunk;
use crate::model::ModelInfo;
use crate::node::{NodeError, NodeFailure, Retry};
use crate::run::memory::{Ask, Once, once, retried};
use crate::run::{Config, Mode, Notes, StreamedIds};
use crate::store::{Store, StoreError};
use crate::tool::{ToolEvent, ToolScope};

/// The context of a node: its run, its task, and the run's stream.
///
/// [`Context`](super::Context) derefs to it, and adds what depends on the graph: its dependencies and custom events.
#[derive(Clone)]
pub struct RunContext {
    pub(crate) sink: Arc<dyn Sink>,
    pub(crate) task: TaskInfo,
    /// The enclosing spans inside the task, outermost first.
    pub(crate) inside: Option<Arc<[Uuid]>>,
    /// State shared with the task's policies, if they need any.
    pub(crate) notes: Option<Arc<Notes>>,
    /// The call of a task function, inside one.
    pub(crate) scope: Option<Scope>,
    /// The call of a tool, inside one.
    pub(crate) tool: Option<Arc<ToolScope>>,
}

impl RunContext {
    /// A context outside any run, for tests and for models that are called without a graph. Nothing is streamed.
    ///
    /// ```
    /// use graph_core::model::ScriptedModel;
    /// use graph_core::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let model = ScriptedModel::new().reply("hello");
    /// let reply = model.invoke("hi", &RunContext::detached()).await?;
    /// assert_eq!(reply.text(), "hello");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn detached() -> Self {
        static DETACHED: OnceLock<Arc<DetachedSink>> = OnceLock::new();
        let detached = DETACHED.get_or_init(|| Arc::new(DetachedSink(RunInfo::detached())));
        Self {
            sink: detached.clone(),
            task: TaskInfo::placeholder(),
            inside: None,
            notes: None,
            scope: None,
            tool: None,
        }
    }

    /// The run.
    #[must_use]
    pub fn run(&self) -> &RunInfo {
        self.sink.info()
    }

    /// The name of the node.
    #[must_use]
    pub fn node(&self) -> &'static str {
        self.task.name
    }

    /// The super-step: the first nodes of a thread run in step 1.
    #[must_use]
    pub fn super_step(&self) -> i64 {
        self.task.step
    }

    /// Which attempt of the task this is, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.task.attempt
    }

    /// The id of the task.
    #[must_use]
    pub fn task_id(&self) -> TaskId {
        self.task.id()
    }

    /// The number of super-steps left after this one (LangGraph's `RemainingSteps`): 0 in the last one.
    #[must_use]
    pub fn remaining_steps(&self) -> usize {
        self.run().recursion_limit().saturating_sub(self.task.steps_taken)
    }

    /// Whether this is the last super-step allowed by the recursion limit.
    #[must_use]
    pub fn is_last_step(&self) -> bool {
        self.remaining_steps() == 0
    }

    /// Waits until the consumer has taken the parts emitted so far.
    ///
    /// The consumer drives the run: parts of a node wait until the node itself waits. A node that emits many parts
    /// without waiting calls this now and then to bound the queue.
    pub fn flush(&self) -> Flush<'_> {
        Flush { cx: self, yielded: false }
    }

    /// Opens a span: a call of a tool, a prompt, a retriever or a chain, with a start and an end in the `events`
    /// stream.
    pub fn span(&self, kind: SpanKind, name: impl Into<Arc<str>>, input: Payload) -> Span {
        Span::open(self, kind, name.into(), Arc::default(), input)
    }

    /// Does some work once: its result is saved before the node goes on, and a node that runs again, because its task was
    /// retried, interrupted or cut off by a crash, gets the saved result instead of doing the work again.
    ///
    /// What has an effect outside (a payment, a mail) belongs into such a step. If the process dies between the effect and
    /// the save, the work is done once more: [`task_id`](Self::task_id) is the same then, and can serve as its idempotency
    /// key. An error is not saved. Steps of one name are told apart by the order of the calls of `step` in the node, so that
    /// order must not depend on chance.
    ///
    /// On a run without a thread nothing is saved, and the work is just done.
    ///
    /// ```
    /// # use graph_core::prelude::*;
    /// # #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    /// # struct Order {
    /// #     #[state(input)]
    /// #     amount: u64,
    /// #     receipt: Late<String>,
    /// # }
    /// # async fn charge(amount: u64) -> NodeResult<String> {
    /// #     Ok(format!("paid {amount}"))
    /// # }
    /// #[node(retry)]
    /// async fn pay(Order { amount, .. }: &Order, cx: &RunContext) -> NodeResult<OrderWrite::Receipt> {
    ///     let receipt = cx.step("charge", charge(*amount)).await?;
    ///     Ok(OrderWrite::Receipt(receipt))
    /// }
    /// # graph! {
    /// #     Orders<Order> {
    /// #         START -> pay -> END;
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> graph_core::Result<()> {
    /// # let thread = Orders::new().checkpointer(MemorySaver::new()).thread("order-7");
    /// # assert_eq!(*thread.run(OrderInput { amount: 7 }).await?.receipt.get().unwrap(), "paid 7");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of the work, and a result that serde cannot write or read.
    pub fn step<'a, T, E>(&'a self, name: &str, work: impl Future<Output = Result<T, E>> + Send + 'a) -> Once<'a, T>
    where
        T: Saved + Send + 'a,
        E: Into<NodeError> + 'a,
    {
        once(self, name, work)
    }

    /// [`step`](Self::step) with work that is tried again if it fails, with pauses: `cx.retried_step("charge", Retry::DEFAULT,
    /// || charge(amount))`. Only the result is remembered, not the attempts. Needs tokio's timer.
    ///
    /// # Errors
    /// The error of the last attempt, and a result that serde cannot write or read.
    pub fn retried_step<'a, T, E, W, F>(&'a self, name: &str, retry: Retry, work: W) -> Once<'a, T>
    where
        T: Saved + Send + 'a,
        E: Into<NodeError> + 'a,
        W: FnMut() -> F + Send + 'a,
        F: Future<Output = Result<T, E>> + Send + 'a,
    {
        retried(self, name, retry, work)
    }

    /// The long-term memory that the app was given: see [`mod@crate::store`]. The [`Context`](super::Context) of a graph
    /// that declares `store;` always has it.
    ///
    /// # Errors
    /// [`StoreError::NoStore`] if the app has none.
    pub fn store(&self) -> Result<&Store, StoreError> {
        let missing = || StoreError::NoStore { graph: self.run().graph, node: self.node() };
        self.given_store().ok_or_else(missing)
    }

    pub(crate) fn given_store(&self) -> Option<&Store> {
        self.run().config.store.as_ref()
    }

    /// Exists for its error message: only the context of a graph says what its nodes ask.
    #[doc(hidden)]
    pub fn interrupt<I: AskedByAnyGraph, R>(&self, _interrupt: I) -> Ask<R> {
        unreachable!("no `RunContext` has `interrupt`")
    }

    /// Records a heartbeat: restarts the node's idle timeout (see [`Timeout`](crate::node::Timeout)). Without an idle
    /// timeout, it does nothing.
    pub fn heartbeat(&self) {
        if let Some(notes) = &self.notes {
            notes.beat();
        }
    }

    pub(crate) fn cache(&self) -> Option<&Arc<dyn NodeCache>> {
        self.sink.cache()
    }

    /// Records a pushed message.
    pub(crate) fn note_pushed(&self) {
        if let Some(notes) = &self.notes {
            notes.pushed.store(true, Ordering::Relaxed);
        }
    }

    /// Whether the node pushed a message.
    pub(crate) fn has_pushed(&self) -> bool {
        self.notes.as_ref().is_some_and(|notes| notes.pushed.load(Ordering::Relaxed))
    }

    /// Records that the node was skipped because its update was cached.
    pub(crate) fn note_cached(&self) {
        if let Some(notes) = &self.notes {
            notes.cached.store(true, Ordering::Relaxed);
        }
    }

    /// The failure of the node, if its error handler is running.
    pub(crate) fn failure(&self) -> Option<NodeFailure> {
        self.notes.as_ref()?.failure.get().cloned()
    }

    pub(crate) fn wants(&self, modes: Mode) -> bool {
        self.sink.wants(modes)
    }

    pub(crate) fn chunk(&self, model: &Arc<ModelInfo>, chunk: MessageChunk) {
        self.sink.chunk(&self.task, model, chunk);
    }

    /// The ids of the enclosing run, task and spans.
    pub(crate) fn lineage(&self) -> Vec<Uuid> {
        let mut ids = self.run().parents.clone();
        ids.extend([self.run().run_id, self.task.span]);
        ids.extend(self.inside.iter().flat_map(|ids| ids.iter()));
        ids
    }
}

/// Bound of [`RunContext::interrupt`], without an implementation that fits.
#[diagnostic::on_unimplemented(
    message = "a `&RunContext` does not know what its graph declares",
    label = "this cannot be asked here",
    note = "take the context of the graph instead: `cx: &Context<MyGraph>`"
)]
#[doc(hidden)]
pub trait AskedByAnyGraph {}

impl std::fmt::Debug for RunContext {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunContext").field("run", self.run()).field("task", &self.task).finish_non_exhaustive()
    }
}

/// The future of [`RunContext::flush`].
#[derive(Debug)]
#[must_use = "nothing is flushed until the future is awaited"]
pub struct Flush<'a> {
    cx: &'a RunContext,
    yielded: bool,
}

impl Future for Flush<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, poller: &mut Poller<'_>) -> Poll<()> {
        // Once is enough: the engine is not polled again before the consumer has taken all parts. Waiting longer would
        // let the busiest of several nodes starve the others.
        if self.yielded || !self.cx.sink.has_parts() {
            return Poll::Ready(());
        }
        self.yielded = true;
        poller.waker().wake_by_ref();
        Poll::Pending
    }
}

/// The sink of a context outside any run: drops everything.
struct DetachedSink(RunInfo);

impl Sink for DetachedSink {
    fn info(&self) -> &RunInfo {
        &self.0
    }

    fn cache(&self) -> Option<&Arc<dyn NodeCache>> {
        None
    }

    fn wants(&self, _: Mode) -> bool {
        false
    }

    fn has_parts(&self) -> bool {
        false
    }

    fn mark_streamed(&self, _: &str) {}

    fn chunk(&self, _: &TaskInfo, _: &Arc<ModelInfo>, _: MessageChunk) {}

    fn child_modes(&self) -> Mode {
        Mode::none()
    }

    fn next_call(&self, _: TaskId) -> u32 {
        0
    }

    fn streamed_ids(&self) -> Option<StreamedIds> {
        None
    }

    fn signal(&self, _: &TaskInfo, _: Signal) {}

    fn suspend(&self, _: &TaskInfo, _: Vec<Arc<Remembered>>) {}

    fn tool(&self, _: &TaskInfo, _: &ToolScope, _: ToolEvent) {}
}

impl RunInfo {
    fn detached() -> Self {
        let config = Config { recursion_limit: usize::MAX, ..Config::default() };
        Self {
            run_id: Uuid::nil(),
            graph: "",
            thread_id: None,
            parents: Vec::new(),
            config: Arc::new(config),
            nesting: 0,
            around: None,
            memory: None,
            path: Uuid::nil(),
            root_task: None,
        }
    }
}
