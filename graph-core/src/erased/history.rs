//! The checkpoints of a thread, without types.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::ErasedSnapshot;
use super::any_graph::erased;
use crate::error::Result;
use crate::run::JsonGraph;
use crate::thread::History;

/// The checkpoints of a thread, newest first, without types: see [`History`].
#[must_use = "nothing is read until the stream is"]
pub struct ErasedHistory(Pin<Box<dyn Stream<Item = Result<ErasedSnapshot>> + Send>>);

struct OfGraph<G: JsonGraph>(History<G>);

impl ErasedHistory {
    pub(super) fn new<G: JsonGraph>(history: History<G>) -> Self {
        Self(Box::pin(OfGraph(history)))
    }

    /// The next checkpoint; `None` after the last. A checkpoint that cannot be read is an error, and the next one follows.
    pub async fn next(&mut self) -> Option<Result<ErasedSnapshot>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<G: JsonGraph> Stream for OfGraph<G> {
    type Item = Result<ErasedSnapshot>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.0).poll_next(cx).map(|snapshot| Some(snapshot?.and_then(|snapshot| erased(&snapshot))))
    }
}

impl Stream for ErasedHistory {
    type Item = Result<ErasedSnapshot>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}

impl std::fmt::Debug for ErasedHistory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ErasedHistory").finish_non_exhaustive()
    }
}
