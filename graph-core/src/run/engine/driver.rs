//! Driving a run from its consumer's poll.

use std::collections::VecDeque;
use std::future::Future as _;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::Sleep;

use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::run::engine::machine::Drive;
use crate::run::{CancelHandle, ChildEnd, End, Part, Shared};

/// A run as its consumer drives it: every poll first hands out what waits, and only then lets the nodes go on.
pub(crate) struct Pull<G: Graph> {
    shared: Arc<Shared<G>>,
    /// `None` once the run has ended: its nodes are gone with it.
    engine: Option<Box<dyn Drive<G>>>,
    buffer: VecDeque<Part<G>>,
    end: Option<Result<End<G>>>,
    deadline: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
    cancel: Option<CancelHandle>,
    ending: Option<ChildEnd<G>>,
    /// Whether what is said from outside the engine's poll wakes the consumer.
    asleep: bool,
}

impl<G: Graph> Pull<G> {
    pub(crate) fn new(
        shared: Arc<Shared<G>>,
        engine: Box<dyn Drive<G>>,
        deadline: Option<Duration>,
        cancel: Option<CancelHandle>,
    ) -> Self {
        let (buffer, end, timer) = (VecDeque::new(), None, None);
        let (engine, ending, asleep) = (Some(engine), None, false);
        Self { shared, engine, buffer, end, deadline, timer, cancel, ending, asleep }
    }

    /// Goes on until there is a part to take; `None` when the run has ended, well or not.
    ///
    /// The part stays where it is, the first of these: parts are large, and moving one only to take the little thing
    /// out of it that a consumer wants would cost as much as a whole step does otherwise.
    pub(crate) fn poll_parts(&mut self, cx: &mut Context<'_>) -> Poll<Option<&mut VecDeque<Part<G>>>> {
        while self.buffer.is_empty() {
            let Some(engine) = &mut self.engine else { return Poll::Ready(None) };
            if std::mem::take(&mut self.asleep) {
                self.shared.awake();
            }
            let polled = match stopped::<G>(self.cancel.as_ref(), self.deadline, &mut self.timer, cx) {
                Some(error) => {
                    engine.stop(&error, &mut self.buffer);
                    Poll::Ready(Err(error))
                }
                None => engine.poll(cx, &mut self.buffer),
            };
            // What nodes said before they began to wait.
            self.shared.take(&mut self.buffer);
            match polled {
                Poll::Ready(end) => {
                    self.ending = engine.ending();
                    self.engine = None;
                    self.end = Some(end);
                }
                Poll::Pending if self.buffer.is_empty() && self.shared.sleep(cx.waker()) => {
                    self.asleep = true;
                    return Poll::Pending;
                }
                // Something was said meanwhile, by a node's context on another thread.
                Poll::Pending => self.shared.take(&mut self.buffer),
            }
        }
        Poll::Ready(Some(&mut self.buffer))
    }

    /// What the run ended with; `None` before its end, and once an error has been taken.
    pub(crate) fn end(&self) -> Option<&Result<End<G>>> {
        self.end.as_ref()
    }

    /// The error that the run ended with, once.
    pub(crate) fn take_error(&mut self) -> Option<Error> {
        match self.end.take() {
            Some(Err(error)) => Some(error),
            other => {
                self.end = other;
                None
            }
        }
    }

    /// Takes what a run inside a task ended with.
    pub(crate) fn take_ending(&mut self) -> Result<ChildEnd<G>> {
        match self.take_error() {
            Some(error) => Err(error),
            None => self.ending.take().ok_or(Error::NotEnded { graph: G::NAME }),
        }
    }

    /// Ends the run where it stands, if it has not ended; gives what is left to be told.
    pub(crate) fn stop(&mut self, error: &Error) -> &mut VecDeque<Part<G>> {
        if let Some(mut engine) = self.engine.take() {
            engine.stop(error, &mut self.buffer);
            self.shared.take(&mut self.buffer);
        }
        &mut self.buffer
    }

    /// Takes what the run ended with.
    pub(crate) fn into_end(self) -> Result<End<G>> {
        self.end.unwrap_or(Err(Error::NotEnded { graph: G::NAME }))
    }
}

/// Why the run must stop now, if it must.
fn stopped<G: Graph>(
    cancel: Option<&CancelHandle>,
    deadline: Option<Duration>,
    timer: &mut Option<Pin<Box<Sleep>>>,
    cx: &mut Context<'_>,
) -> Option<Error> {
    if cancel.is_some_and(|cancel| cancel.poll(cx)) {
        return Some(Error::Cancelled { graph: G::NAME });
    }
    let after = deadline?;
    if timer.is_none() && tokio::runtime::Handle::try_current().is_err() {
        let text = format!("a deadline for `{}` needs tokio's timer: run it inside a tokio runtime", G::NAME);
        return Some(Error::Runtime(text));
    }
    let timer = timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(after)));
    timer.as_mut().poll(cx).is_ready().then_some(Error::Deadline { graph: G::NAME, after })
}
