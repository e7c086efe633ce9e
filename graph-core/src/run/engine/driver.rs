//! Drives a run from its consumer's poll.

use std::collections::VecDeque;
use std::future::Future as _;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::time::Sleep;

use super::{Drive, Shared};
use crate::error::{Error, Result};
use crate::graph::Graph;
use crate::run::child::PolledAs;
use crate::run::{CancelHandle, ChildEnd, End, Part};

/// A run, driven by its consumer: each poll first hands out waiting parts, and only then polls the nodes.
pub(in crate::run) struct Driver<G: Graph> {
    shared: Arc<Shared<G>>,
    /// `None` once the run has ended: its nodes are dropped.
    engine: Option<Box<dyn Drive<G>>>,
    buffer: VecDeque<Part<G>>,
    end: Option<Result<End<G>, Box<Error>>>,
    timer: Option<Pin<Box<Sleep>>>,
    cancel: Option<CancelHandle>,
    is_aborted: bool,
    child_end: Option<ChildEnd<G>>,
    /// Whether parts from outside the engine's poll wake the consumer.
    is_asleep: bool,
    polled_as: PolledAs,
}

impl<G: Graph> Driver<G> {
    pub(in crate::run) fn new(
        shared: Arc<Shared<G>>,
        engine: Box<dyn Drive<G>>,
        cancel: Option<CancelHandle>,
        polled_as: PolledAs,
    ) -> Self {
        Self {
            shared,
            engine: Some(engine),
            buffer: VecDeque::new(),
            end: None,
            timer: None,
            cancel,
            is_aborted: false,
            child_end: None,
            is_asleep: false,
            polled_as,
        }
    }

    /// A handle that cancels the run.
    pub(in crate::run) fn cancel_handle(&mut self) -> CancelHandle {
        self.cancel.get_or_insert_default().clone()
    }

    pub(in crate::run) fn thread_id(&self) -> Option<&str> {
        self.shared.info.thread_id.as_deref()
    }

    /// Runs until there is a part; `None` when the run has ended.
    ///
    /// The part stays at the front of the queue: parts are large, and moving one to take a small value out of it would
    /// cost as much as a step.
    pub(in crate::run) fn poll_parts(&mut self, cx: &mut Context<'_>) -> Poll<Option<&mut VecDeque<Part<G>>>> {
        while self.buffer.is_empty() {
            if self.engine.is_none() {
                return Poll::Ready(None);
            }
            if std::mem::take(&mut self.is_asleep) {
                self.shared.outbox.stop_sleeping();
            }
            let reason = if self.is_aborted { None } else { self.poll_abort(cx) };
            let Some(engine) = &mut self.engine else { return Poll::Ready(None) };
            if let Some(error) = reason {
                self.is_aborted = true;
                engine.abort(error);
            }
            let entered = self.polled_as.enter();
            let polled = engine.poll(cx, &mut self.buffer);
            drop(entered);
            // Parts that nodes emitted before they returned pending.
            self.shared.outbox.drain(&mut self.buffer);
            match polled {
                Poll::Ready(end) => {
                    self.child_end = engine.child_end();
                    self.engine = None;
                    self.end = Some(end);
                }
                Poll::Pending if self.buffer.is_empty() && self.shared.outbox.sleep(cx.waker()) => {
                    self.is_asleep = true;
                    return Poll::Pending;
                }
                // Emitted in the meantime, on another thread.
                Poll::Pending => self.shared.outbox.drain(&mut self.buffer),
            }
        }
        Poll::Ready(Some(&mut self.buffer))
    }

    /// Runs to the end, dropping the parts.
    pub(in crate::run) fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while let Some(parts) = std::task::ready!(self.poll_parts(cx)) {
            parts.clear();
        }
        Poll::Ready(())
    }

    /// How the run ended; `None` before its end, and after an error has been taken.
    pub(in crate::run) fn end(&self) -> Option<Result<&End<G>, &Error>> {
        self.end.as_ref().map(|end| end.as_ref().map_err(|error| &**error))
    }

    /// The run's error, once.
    pub(in crate::run) fn take_error(&mut self) -> Option<Error> {
        match self.end.take() {
            Some(Err(error)) => Some(*error),
            other => {
                self.end = other;
                None
            }
        }
    }

    /// Takes the end of a child run.
    pub(in crate::run) fn take_child_end(&mut self) -> Result<ChildEnd<G>> {
        match self.take_error() {
            Some(error) => Err(error),
            None => self.child_end.take().ok_or(Error::NotEnded { graph: G::NAME }),
        }
    }

    /// Ends the run at once if it has not ended; returns the remaining parts.
    pub(in crate::run) fn abandon(&mut self) -> &mut VecDeque<Part<G>> {
        if let Some(mut engine) = self.engine.take() {
            engine.abandon(&mut self.buffer);
            self.shared.outbox.drain(&mut self.buffer);
        }
        &mut self.buffer
    }

    /// Takes the end of the run.
    pub(in crate::run) fn take_end(&mut self) -> Result<End<G>> {
        match self.end.take() {
            Some(end) => end.map_err(|error| *error),
            None => Err(Error::NotEnded { graph: G::NAME }),
        }
    }

    /// The reason to abort the run now, if any.
    #[inline]
    fn poll_abort(&mut self, cx: &mut Context<'_>) -> Option<Error> {
        if matches!(self.polled_as, PolledAs::Unknown) {
            match PolledAs::root::<G>(self.shared.info.thread_id.is_some()) {
                Ok(known) => self.polled_as = known,
                Err(error) => return Some(error),
            }
        }
        if self.cancel.as_ref().is_some_and(|cancel| cancel.poll(cx)) {
            return Some(Error::Cancelled { graph: G::NAME });
        }
        let config = &self.shared.info.config;
        let needs_runtime = config.deadline.is_some() && self.timer.is_none() || config.parallel;
        if needs_runtime && tokio::runtime::Handle::try_current().is_err() {
            let (what, needs) =
                if config.parallel { ("a parallel run of", "tokio") } else { ("a deadline for", "tokio's timer") };
            let text = format!("{what} `{}` needs {needs}: run it inside a tokio runtime", G::NAME);
            return Some(Error::Runtime(text));
        }
        // Measured from the first poll. A child run has its parent's deadline.
        let after = config.deadline.filter(|_| self.shared.info.parents.is_empty())?;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(after)));
        timer.as_mut().poll(cx).is_ready().then_some(Error::Deadline { graph: G::NAME, after })
    }
}
