//! The streams of a run.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::run::engine::Driver;
use crate::run::{
    Blocking, Breakpoint, DebugPart, End, Event, Interrupted, MessageContent, MessagePart, Outcome, Output, Part,
    Spawned, TaskPart, ToolPart, Values,
};
use crate::thread::Snapshot;

/// The updates of nodes.
pub type UpdateStream<G> = RunStream<G, <G as Graph>::Update>;
/// The state, step by step, or its output type if it has one.
pub type ValueStream<G> = RunStream<G, Arc<Values<G>>>;
/// The replies of models, and the messages that nodes write, with their origin.
pub type MessageStream<G> = RunStream<G, MessagePart<G>>;
/// The text of models' replies.
pub type TokenStream<G> = RunStream<G, String>;
/// Custom events.
pub type CustomStream<G> = RunStream<G, <G as Graph>::Custom>;
/// The results of tasks that nodes call.
pub type TaskResultStream<G> = RunStream<G, <G as Graph>::TaskResult>;
/// The start, the output and the end of every tool call.
pub type ToolStream<G> = RunStream<G, ToolPart<G>>;
/// The start and the end of every task.
pub type TaskStream<G> = RunStream<G, TaskPart<G>>;
/// Tasks and checkpoints, with step and time.
pub type DebugStream<G> = RunStream<G, DebugPart<G>>;
/// The saved steps.
pub type CheckpointStream<G> = RunStream<G, Snapshot<G>>;
/// Every event of graphs, nodes, prompts, models and tools.
pub type EventStream<G> = RunStream<G, Event<G>>;
/// Several modes at once.
pub type PartStream<G> = RunStream<G, Part<G>>;

/// A stream of a run.
///
/// A run that fails ends its stream with one `Err`. After that the stream yields `None`, as it does when the run ends
/// without an error; then [`output`](Self::output) has the output, or, if the run stopped at a breakpoint,
/// [`breakpoint`](Self::breakpoint) has the breakpoint. It is a [`Stream`], and its own [`next`](Self::next) saves
/// importing an extension trait.
///
/// Polling the stream drives the run; dropping it cancels the run.
#[must_use = "a run does nothing until its stream is read"]
pub struct RunStream<G: Graph, T> {
    pub(in crate::run) driver: Driver<G>,
    /// The nodes whose parts are kept; all if empty.
    only: Vec<G::Node>,
    pick: Pick<G, T>,
}

/// Takes the first part out of the queue, and the stream's item out of the part.
pub(crate) type Pick<G, T> = fn(&mut VecDeque<Part<G>>) -> Option<T>;

impl<G: Graph> RunStream<G, Part<G>> {
    pub(in crate::run) fn whole(driver: Driver<G>) -> Self {
        Self { driver, only: Vec::new(), pick: VecDeque::pop_front }
    }
}

impl<G: Graph, T> RunStream<G, T> {
    pub(crate) fn new(parts: PartStream<G>, pick: Pick<G, T>) -> Self {
        Self { driver: parts.driver, only: parts.only, pick }
    }

    /// Keeps only parts of `node`; call again to allow more. Values belong to no node and are dropped.
    pub fn from(mut self, node: G::Node) -> Self {
        self.only.push(node);
        self
    }

    /// The next item; `None` when the run has ended.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// The output, once the stream has ended without an error.
    #[must_use]
    pub fn output(&self) -> Option<&Arc<Output<G>>> {
        match self.driver.end()? {
            Ok(End::Done(output)) => Some(output),
            _ => None,
        }
    }

    /// The breakpoint, once the stream has ended at one.
    #[must_use]
    pub fn breakpoint(&self) -> Option<&Breakpoint<G>> {
        match self.driver.end()? {
            Ok(End::Breakpoint(breakpoint)) => Some(breakpoint),
            _ => None,
        }
    }

    /// Why the run stopped early, once the stream has ended because tasks ask something.
    #[must_use]
    pub fn interrupted(&self) -> Option<&Interrupted<G>> {
        match self.driver.end()? {
            Ok(End::Interrupted(interrupted)) => Some(interrupted),
            _ => None,
        }
    }

    /// Runs to the end, dropping the remaining items, and returns the output.
    ///
    /// # Errors
    /// Those of the run, unless the stream has yielded them already: then [`Error::NotEnded`]. A run that stopped early
    /// has no output: [`Error::Breakpoint`], [`Error::Interrupted`].
    pub async fn finish(self) -> Result<Arc<Output<G>>> {
        self.end().await?.into_output()
    }

    /// Runs until the run is complete or stops early, dropping the remaining items.
    ///
    /// # Errors
    /// Those of the run, unless the stream has yielded them already: then [`Error::NotEnded`].
    pub async fn outcome(self) -> Result<Outcome<G>> {
        Ok(self.end().await?.into_outcome())
    }

    async fn end(mut self) -> Result<End<G>> {
        poll_fn(|cx| self.driver.poll_end(cx)).await;
        self.driver.take_end()
    }

    /// An iterator over the items, for code without async: the run proceeds on this thread, in `next`.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            let Some(parts) = std::task::ready!(self.driver.poll_parts(cx)) else {
                return Poll::Ready(self.driver.take_error().map(Err));
            };
            let wanted = |part: &Part<G>| part.node().is_some_and(|node| self.only.contains(&node));
            if !self.only.is_empty() && !parts.front().is_some_and(wanted) {
                parts.pop_front();
            } else if let Some(item) = (self.pick)(parts) {
                return Poll::Ready(Some(Ok(item)));
            }
        }
    }
}

impl<G: Graph, T: Send + 'static> RunStream<G, T> {
    /// Spawns the run on tokio: it runs whether or not its items are taken, and continues if the receiver is dropped.
    ///
    /// Up to `buffer` items are buffered; then the run waits until items are taken or the receiver is dropped.
    pub fn spawn(self, buffer: usize) -> Spawned<T> {
        Spawned::stream(self, buffer)
    }
}

// No field is structurally pinned: the engine is boxed.
impl<G: Graph, T> Unpin for RunStream<G, T> {}

impl<G: Graph, T> Stream for RunStream<G, T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

impl<G: Graph, T> std::fmt::Debug for RunStream<G, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = |end: &End<G>| match end {
            End::Done(_) => "state",
            End::Breakpoint(_) => "breakpoint",
            End::Interrupted(_) => "interrupted",
        };
        let ended = self.driver.end().map(|end| end.map(text).map_err(Error::to_string));
        f.debug_struct("RunStream").field("graph", &G::NAME).field("ended", &ended).finish_non_exhaustive()
    }
}

/// The text of a chunk of a model's reply, if it has any.
pub(in crate::run) fn token<G: Graph>(parts: &mut VecDeque<Part<G>>) -> Option<String> {
    match parts.pop_front() {
        Some(Part::Message(MessagePart { content: MessageContent::Chunk(chunk), .. })) => {
            Some(chunk.into_text()).filter(|text| !text.is_empty())
        }
        _ => None,
    }
}
