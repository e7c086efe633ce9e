//! The context of any graph: what does not depend on the graph's types.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::task::{Context as Poller, Poll};

use uuid::Uuid;

use super::{Payload, RunInfo, Signal, Sink, Span, SpanKind, TaskId, TaskInfo};
use crate::cache::NodeCache;
use crate::message::MessageChunk;
use crate::model::ModelInfo;
use crate::node::NodeFailure;
use crate::run::{Config, Mode, Notes, StreamedIds};

/// What any node can ask for: where it runs, and a way to be heard.
///
/// [`Context`](super::Context) derefs to it, and adds what depends on the graph: its dependencies and custom events.
#[derive(Clone)]
pub struct RunContext {
    pub(crate) sink: Arc<dyn Sink>,
    pub(crate) task: TaskInfo,
    /// The spans around this context inside its task, outermost first.
    pub(crate) inside: Option<Arc<[Uuid]>>,
    /// What the task's policies are told, where they need to be.
    pub(crate) notes: Option<Arc<Notes>>,
}

impl RunContext {
    /// A context outside any run, for tests and for models that are called without a graph. Nobody listens to it.
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
        static NOBODY: OnceLock<Arc<Nobody>> = OnceLock::new();
        let nobody = NOBODY.get_or_init(|| Arc::new(Nobody(RunInfo::detached())));
        Self { sink: nobody.clone(), task: TaskInfo::nowhere(), inside: None, notes: None }
    }

    /// The run that the node runs in.
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

    /// How many super-steps the run may still take, this one included (LangGraph's `RemainingSteps`).
    #[must_use]
    pub fn remaining_steps(&self) -> usize {
        self.run().recursion_limit().saturating_add(1).saturating_sub(self.task.steps_taken)
    }

    /// Whether this is the last super-step that the run may take.
    #[must_use]
    pub fn is_last_step(&self) -> bool {
        self.remaining_steps() == 1
    }

    /// Lets the consumer of the stream take what has been emitted so far.
    ///
    /// A run is pulled: parts that a node emits wait until the node waits for something. A node that emits a great many
    /// without waiting calls this now and then, so that they do not pile up.
    pub fn flush(&self) -> Flush<'_> {
        Flush { cx: self, yielded: false }
    }

    /// Opens a span: a call of a tool, a prompt, a retriever, a chain, with its start and end in the `events` stream.
    pub fn span(&self, kind: SpanKind, name: impl Into<Arc<str>>, input: Payload) -> Span {
        Span::open(self, kind, name.into(), Arc::default(), input)
    }

    /// Gives a sign of life: begins the node's idle time anew (see [`Timeout`](crate::node::Timeout)). A node without
    /// one may call it all the same, and nothing happens.
    pub fn heartbeat(&self) {
        if let Some(notes) = &self.notes {
            notes.beat();
        }
    }

    pub(crate) fn cache(&self) -> Option<&Arc<dyn NodeCache>> {
        self.sink.cache()
    }

    /// The node pushes a message, beside what it will return.
    pub(crate) fn note_pushed(&self) {
        if let Some(notes) = &self.notes {
            notes.pushed.store(true, Ordering::Relaxed);
        }
    }

    /// Whether the node pushed a message.
    pub(crate) fn has_pushed(&self) -> bool {
        self.notes.as_ref().is_some_and(|notes| notes.pushed.load(Ordering::Relaxed))
    }

    /// The node was not run: what it writes was in the cache.
    pub(crate) fn note_cached(&self) {
        if let Some(notes) = &self.notes {
            notes.cached.store(true, Ordering::Relaxed);
        }
    }

    /// The failure of the node, if it is its handler's turn.
    pub(crate) fn failure(&self) -> Option<NodeFailure> {
        self.notes.as_ref()?.failure.get().cloned()
    }

    pub(crate) fn wants(&self, modes: Mode) -> bool {
        self.sink.wants(modes)
    }

    pub(crate) fn chunk(&self, model: &Arc<ModelInfo>, chunk: MessageChunk) {
        self.sink.chunk(&self.task, model, chunk);
    }

    /// The ids of what is around this context: the run, the task, the spans inside it.
    pub(crate) fn lineage(&self) -> Vec<Uuid> {
        let mut ids = self.run().parents.clone();
        ids.extend([self.run().run_id, self.task.span]);
        ids.extend(self.inside.iter().flat_map(|ids| ids.iter()));
        ids
    }
}

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
        // Once is enough: the engine is not polled again before the consumer has taken all there was. Asking again
        // would let the busiest of several nodes starve the others.
        if self.yielded || !self.cx.sink.has_parts() {
            return Poll::Ready(());
        }
        self.yielded = true;
        poller.waker().wake_by_ref();
        Poll::Pending
    }
}

/// The sink of a context outside any run.
struct Nobody(RunInfo);

impl Sink for Nobody {
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

    fn modes_inside(&self) -> Mode {
        Mode::none()
    }

    fn next_call(&self, _: TaskId) -> u32 {
        0
    }

    fn streamed_ids(&self) -> Option<StreamedIds> {
        None
    }

    fn signal(&self, _: &TaskInfo, _: Signal) {}
}

impl RunInfo {
    fn detached() -> Self {
        let config = Config { recursion_limit: usize::MAX, ..Config::default() };
        Self { run_id: Uuid::nil(), graph: "", thread_id: None, parents: Vec::new(), config: Arc::new(config) }
    }
}
