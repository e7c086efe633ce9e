//! The checkpoints of a thread.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use uuid::Uuid;

use super::Snapshot;
use crate::checkpoint::{CheckpointError, HistoryQuery, Source};
use crate::error::Result;
use crate::graph::Graph;
use crate::run::Binding;

/// How many records are asked for at a time.
const PAGE: usize = 32;

/// The checkpoints of a thread, newest first, of every branch: made by [`Thread::history`](super::Thread::history).
///
/// Each is loaded when it is asked for. Its state is read from the nearest snapshot before it, so that it costs the same
/// wherever it is in the log. What was pruned is not there; the oldest checkpoint still names its parent. It is a [`Stream`], and its own [`next`](Self::next) saves importing an extension trait.
#[must_use = "nothing is read until the stream is"]
pub struct History<G: Graph> {
    pages: Option<Pages<G>>,
    reading: Option<Reading<G>>,
}

type Item<G> = Option<Result<Snapshot<G>>>;
type Reading<G> = Pin<Box<dyn Future<Output = (Pages<G>, Item<G>)> + Send>>;

/// What is left to read.
struct Pages<G: Graph> {
    binding: Binding<G>,
    query: HistoryQuery,
    /// The greatest number of checkpoints.
    limit: usize,
    /// The checkpoints of the page, and whether they are those of inputs.
    page: VecDeque<(Uuid, bool)>,
    has_turned: bool,
    is_last: bool,
}

impl<G: Graph> History<G> {
    pub(super) fn new(binding: Binding<G>) -> Self {
        let query = HistoryQuery::new().limit(PAGE).without_snapshots();
        let pages =
            Pages { binding, query, limit: usize::MAX, page: VecDeque::new(), has_turned: false, is_last: false };
        Self { pages: Some(pages), reading: None }
    }

    /// At most so many checkpoints.
    pub fn limit(self, checkpoints: usize) -> Self {
        self.with(|pages| pages.limit = checkpoints)
    }

    /// Only checkpoints that are in the log before this one.
    pub fn before(self, checkpoint: Uuid) -> Self {
        self.with(|pages| pages.query.before = Some(checkpoint))
    }

    /// Only checkpoints that this made.
    pub fn source(self, source: Source) -> Self {
        self.with(|pages| pages.query.source = Some(source))
    }

    /// Only checkpoints of this step.
    pub fn step(self, step: i64) -> Self {
        self.with(|pages| pages.query.step = Some(step))
    }

    /// The checkpoints that a query selects.
    pub(crate) fn of(self, query: &HistoryQuery) -> Self {
        self.with(|pages| {
            pages.limit = query.limit.unwrap_or(usize::MAX);
            (pages.query.before, pages.query.source, pages.query.step) = (query.before, query.source, query.step);
        })
    }

    /// The next checkpoint; `None` after the last. A checkpoint that cannot be read is an error, and the next one follows.
    pub async fn next(&mut self) -> Option<Result<Snapshot<G>>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Filters that are set once the stream has been read have no effect.
    fn with(mut self, set: impl FnOnce(&mut Pages<G>)) -> Self {
        if let Some(pages) = &mut self.pages {
            set(pages);
        }
        self
    }
}

impl<G: Graph> Pages<G> {
    async fn next(mut self) -> (Self, Item<G>) {
        while self.limit > 0 {
            while self.page.is_empty() && !self.is_last {
                if let Err(error) = self.turn().await {
                    self.is_last = true;
                    return (self, Some(Err(error.into())));
                }
            }
            let Some((checkpoint, is_input)) = self.page.pop_front() else { return (self, None) };
            match self.binding.clone().read(checkpoint, is_input).await {
                // Pruned in the meantime, or the checkpoint of an input from which the one before it was pruned.
                Err(CheckpointError::UnknownCheckpoint { .. }) => {}
                read => {
                    self.limit -= 1;
                    return (self, read.map_err(Into::into).transpose());
                }
            }
        }
        (self, None)
    }

    /// Reads the next page.
    async fn turn(&mut self) -> Result<(), CheckpointError> {
        let records = match self.binding.saver.history(&self.binding.thread, &self.query).await {
            // The end of the page before was pruned in the meantime, and what is older with it.
            Err(CheckpointError::UnknownCheckpoint { .. }) if self.has_turned => Vec::new(),
            records => records?,
        };
        self.has_turned = true;
        self.is_last = records.len() < PAGE;
        for record in &records {
            let Some(step) = record.as_step() else { continue };
            let is_meant = |source, number| {
                self.query.source.is_none_or(|meant| meant == source)
                    && self.query.step.is_none_or(|meant| meant == number)
            };
            if is_meant(step.source, step.step) {
                self.page.push_back((record.id, false));
            }
            if let Some(input) = step.input.filter(|_| is_meant(Source::Input, step.step - 1)) {
                self.page.push_back((input, true));
            }
        }
        self.query.before = records.last().map(|record| record.id).or(self.query.before);
        Ok(())
    }
}

impl<G: Graph> Stream for History<G> {
    type Item = Result<Snapshot<G>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Item<G>> {
        if self.reading.is_none() {
            let Some(pages) = self.pages.take() else { return Poll::Ready(None) };
            self.reading = Some(Box::pin(pages.next()));
        }
        let Some(reading) = &mut self.reading else { return Poll::Ready(None) };
        let (pages, item) = ready!(reading.as_mut().poll(cx));
        (self.pages, self.reading) = (Some(pages), None);
        Poll::Ready(item)
    }
}

// No field is structurally pinned: the future is boxed.
impl<G: Graph> Unpin for History<G> {}

impl<G: Graph> std::fmt::Debug for History<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("History").field("graph", &G::NAME).finish_non_exhaustive()
    }
}
