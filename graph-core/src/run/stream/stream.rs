//! The streams of a run.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::run::engine::driver::Pull;
use crate::run::{
    Blocking, Breakpoint, DebugPart, End, Event, MessageContent, MessagePart, Outcome, Output, Part, Spawned, TaskPart,
};
use crate::thread::Snapshot;

/// What each node wrote.
pub type UpdateStream<G> = RunStream<G, <G as Graph>::Update>;
/// The state, step by step, or its output type where it has one.
pub type ValueStream<G> = RunStream<G, Arc<Output<G>>>;
/// What models say, and the messages that nodes write, with where they come from.
pub type MessageStream<G> = RunStream<G, MessagePart<G>>;
/// The text of what models say.
pub type TokenStream<G> = RunStream<G, String>;
/// What nodes emit.
pub type CustomStream<G> = RunStream<G, <G as Graph>::Custom>;
/// The start and the end of every task.
pub type TaskStream<G> = RunStream<G, TaskPart<G>>;
/// Tasks and checkpoints, with step and time.
pub type DebugStream<G> = RunStream<G, DebugPart<G>>;
/// Steps as they are saved.
pub type CheckpointStream<G> = RunStream<G, Snapshot<G>>;
/// Everything that happens inside.
pub type EventStream<G> = RunStream<G, Event<G>>;
/// Several modes at once.
pub type PartStream<G> = RunStream<G, Part<G>>;

/// A stream of what happens in a run.
///
/// It yields `Ok` items while the run goes on. A run that fails ends its stream with one `Err`; after that, and after a
/// run that ended well, it yields `None`, and [`output`](Self::output) has the final state. A run that stops at a breakpoint
/// yields `None`, too, and [`breakpoint`](Self::breakpoint) has the place. It is a
/// [`Stream`], and its own [`next`](Self::next) spares the import of an extension trait.
///
/// Reading the stream is what makes the run go on; dropping it stops the run.
#[must_use = "a run does nothing until its stream is read"]
pub struct RunStream<G: Graph, T> {
    pull: Pull<G>,
    /// The nodes whose parts are wanted; all where it is empty.
    only: Vec<G::Node>,
    pick: Pick<G, T>,
}

/// Takes the first part out of these, and what the stream is of out of the part.
pub(crate) type Pick<G, T> = fn(&mut VecDeque<Part<G>>) -> Option<T>;

impl<G: Graph> RunStream<G, Part<G>> {
    pub(crate) fn whole(pull: Pull<G>) -> Self {
        Self { pull, only: Vec::new(), pick: VecDeque::pop_front }
    }
}

impl<G: Graph, T> RunStream<G, T> {
    pub(crate) fn new(parts: PartStream<G>, pick: Pick<G, T>) -> Self {
        Self { pull: parts.pull, only: parts.only, pick }
    }

    /// Only what comes from this node; asked for again, from any of the nodes. Values come from no node.
    pub fn from(mut self, node: G::Node) -> Self {
        self.only.push(node);
        self
    }

    /// The next item; `None` when the run has ended.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// The final state, once the stream has ended well.
    #[must_use]
    pub fn output(&self) -> Option<&Arc<Output<G>>> {
        match self.pull.end()? {
            Ok(End::Done(output)) => Some(output),
            _ => None,
        }
    }

    /// Where the run stopped, once the stream has ended at a breakpoint.
    #[must_use]
    pub fn breakpoint(&self) -> Option<&Breakpoint<G>> {
        match self.pull.end()? {
            Ok(End::Breakpoint(breakpoint)) => Some(breakpoint),
            _ => None,
        }
    }

    /// Runs to the end, letting the rest of the stream go by, and gives the final state.
    ///
    /// # Errors
    /// Those of the run, unless the stream has handed them out already; then [`Error::NotEnded`]. A run that stopped at a
    /// breakpoint is no final state: [`Error::Breakpoint`].
    pub async fn finish(self) -> Result<Arc<Output<G>>> {
        self.end().await?.into_output()
    }

    /// Runs until the run is done or stops before its end, letting the rest of the stream go by.
    ///
    /// # Errors
    /// Those of the run, unless the stream has handed them out already; then [`Error::NotEnded`].
    pub async fn outcome(self) -> Result<Outcome<G>> {
        Ok(self.end().await?.into_outcome())
    }

    async fn end(mut self) -> Result<End<G>> {
        while poll_fn(|cx| self.pull.poll_parts(cx).map(|parts| parts.map(VecDeque::clear))).await.is_some() {}
        self.pull.into_end()
    }

    /// An iterator over the same items, for code without async: each step runs on this thread, in `next`.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            let Some(parts) = std::task::ready!(self.pull.poll_parts(cx)) else {
                return Poll::Ready(self.pull.take_error().map(Err));
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
    /// Detaches the run onto tokio: it goes on whether or not its items are taken, and when they are dropped.
    ///
    /// Up to `buffer` items wait to be taken; then the run waits, until they are taken or the receiver is dropped.
    pub fn spawn(self, buffer: usize) -> Spawned<T> {
        Spawned::stream(self, buffer)
    }
}

// Nothing in it is pinned in place: the engine has a box of its own.
impl<G: Graph, T> Unpin for RunStream<G, T> {}

impl<G: Graph, T> Stream for RunStream<G, T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

impl<G: Graph, T> std::fmt::Debug for RunStream<G, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = |end: &End<G>| if matches!(end, End::Done(_)) { "state" } else { "breakpoint" };
        let ended = self.pull.end().map(|end| end.as_ref().map(text).map_err(Error::to_string));
        f.debug_struct("RunStream").field("graph", &G::NAME).field("ended", &ended).finish_non_exhaustive()
    }
}

/// The text of a piece of what a model says, where it has one.
pub(crate) fn token<G: Graph>(parts: &mut VecDeque<Part<G>>) -> Option<String> {
    match parts.pop_front() {
        Some(Part::Message(MessagePart { content: MessageContent::Chunk(chunk), .. })) => {
            Some(chunk.into_text()).filter(|text| !text.is_empty())
        }
        _ => None,
    }
}
