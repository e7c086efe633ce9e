//! Driving a run from its consumer's poll.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::Sleep;

use super::{CancelHandle, Part, Shared};
use crate::error::{Error, Result};
use crate::graph::Graph;

type Engine<G> = Pin<Box<dyn Future<Output = Result<Arc<<G as Graph>::State>>> + Send>>;

/// A run as its consumer drives it: every poll first hands out what waits, and only then lets the nodes go on.
pub(crate) struct Pull<G: Graph> {
    shared: Arc<Shared<G>>,
    /// `None` once the run has ended: its nodes are gone with it.
    engine: Option<Engine<G>>,
    buffer: VecDeque<Part<G>>,
    output: Option<Result<Arc<G::State>>>,
    deadline: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
    cancel: Option<CancelHandle>,
}

impl<G: Graph> Pull<G> {
    pub(crate) fn new(
        shared: Arc<Shared<G>>,
        engine: Engine<G>,
        deadline: Option<Duration>,
        cancel: Option<CancelHandle>,
    ) -> Self {
        let (buffer, output, timer) = (VecDeque::new(), None, None);
        Self { shared, engine: Some(engine), buffer, output, deadline, timer, cancel }
    }

    /// The next part; `None` when the run has ended, well or not.
    pub(crate) fn poll_part(&mut self, cx: &mut Context<'_>) -> Poll<Option<Part<G>>> {
        loop {
            if let Some(part) = self.buffer.pop_front() {
                return Poll::Ready(Some(part));
            }
            self.shared.take(&mut self.buffer);
            if !self.buffer.is_empty() {
                continue;
            }
            if self.engine.is_none() {
                return Poll::Ready(None);
            }
            if let Some(error) = self.stopped(cx) {
                self.engine = None;
                self.output = Some(Err(error));
                return Poll::Ready(None);
            }
            let Some(engine) = &mut self.engine else { return Poll::Ready(None) };
            match engine.as_mut().poll(cx) {
                Poll::Ready(output) => {
                    self.engine = None;
                    self.output = Some(output);
                }
                // What a node said before it began to wait is handed out first.
                Poll::Pending if self.shared.has_parts() => {}
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    /// What the run ended with; `None` before its end, and once an error has been taken.
    pub(crate) fn output(&self) -> Option<&Result<Arc<G::State>>> {
        self.output.as_ref()
    }

    /// The error that the run ended with, once.
    pub(crate) fn take_error(&mut self) -> Option<Error> {
        match self.output.take() {
            Some(Err(error)) => Some(error),
            other => {
                self.output = other;
                None
            }
        }
    }

    /// Takes what the run ended with.
    pub(crate) fn into_output(self) -> Result<Arc<G::State>> {
        self.output.unwrap_or(Err(Error::NotEnded { graph: G::NAME }))
    }

    fn stopped(&mut self, cx: &mut Context<'_>) -> Option<Error> {
        if self.cancel.as_ref().is_some_and(|cancel| cancel.poll(cx)) {
            return Some(Error::Cancelled { graph: G::NAME });
        }
        let after = self.deadline?;
        if self.timer.is_none() {
            if tokio::runtime::Handle::try_current().is_err() {
                let text = format!("a deadline for `{}` needs tokio's timer: run it inside a tokio runtime", G::NAME);
                return Some(Error::Runtime(text));
            }
            self.timer = Some(Box::pin(tokio::time::sleep(after)));
        }
        let over = self.timer.as_mut().is_some_and(|timer| timer.as_mut().poll(cx).is_ready());
        over.then_some(Error::Deadline { graph: G::NAME, after })
    }
}
