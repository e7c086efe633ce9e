//! The threads that are not at their end.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::Snapshot;
use crate::checkpoint::ThreadsQuery;
use crate::error::Result;
use crate::graph::Graph;
use crate::run::{Binding, Loaded};

/// How many threads are asked for at a time.
const PAGE: usize = 64;

/// The threads that are not at their end: made by [`DurableApp::unfinished`](super::DurableApp::unfinished).
///
/// It is a [`Stream`], and its own [`next`](Self::next) saves importing an extension trait.
#[must_use = "nothing is read until the stream is"]
pub struct Unfinished<G: Graph> {
    pages: Option<Pages<G>>,
    reading: Option<Reading<G>>,
}

type Item<G> = Option<Result<Snapshot<G>>>;
type Reading<G> = Pin<Box<dyn Future<Output = (Pages<G>, Item<G>)> + Send>>;

/// What is left to read.
struct Pages<G: Graph> {
    binding: Binding<G>,
    query: ThreadsQuery,
    page: VecDeque<String>,
    is_last: bool,
}

impl<G: Graph> Unfinished<G> {
    pub(super) fn new(binding: Binding<G>) -> Self {
        let pages = Pages { binding, query: ThreadsQuery::new().limit(PAGE), page: VecDeque::new(), is_last: false };
        Self { pages: Some(pages), reading: None }
    }

    /// The newest checkpoint of the next such thread; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Snapshot<G>>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<G: Graph> Pages<G> {
    async fn next(mut self) -> (Self, Item<G>) {
        loop {
            if self.page.is_empty() {
                if self.is_last {
                    return (self, None);
                }
                if let Err(error) = self.turn().await {
                    self.is_last = true;
                    return (self, Some(Err(error)));
                }
            }
            let Some(id) = self.page.pop_front() else { continue };
            match self.read(id).await {
                Ok(None) => {}
                Ok(Some(snapshot)) => return (self, Some(Ok(snapshot))),
                Err(error) => return (self, Some(Err(error))),
            }
        }
    }

    /// Reads the next page.
    async fn turn(&mut self) -> Result<()> {
        let threads = self.binding.saver.threads(&self.query).await?;
        self.is_last = threads.len() < PAGE;
        self.page.extend(threads.into_iter().map(|thread| thread.id));
        self.query.after = self.page.back().cloned();
        Ok(())
    }

    /// The newest checkpoint of a thread, unless it is at its end.
    async fn read(&mut self, id: String) -> Result<Option<Snapshot<G>>> {
        let thread: Arc<str> = id.into();
        self.binding.thread = thread.clone();
        let loaded = self.binding.load().await?;
        let snapshot =
            loaded.map(|Loaded { state, cursor, head, .. }| Snapshot::of(head, Arc::new(state), &cursor, thread));
        Ok(snapshot.filter(|snapshot| !snapshot.tasks.is_empty()))
    }
}

impl<G: Graph> Stream for Unfinished<G> {
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
impl<G: Graph> Unpin for Unfinished<G> {}

impl<G: Graph> std::fmt::Debug for Unfinished<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unfinished").field("graph", &G::NAME).finish_non_exhaustive()
    }
}
