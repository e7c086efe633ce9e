//! Runs with a life of their own.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc;

use super::RunStream;
use crate::error::{Error, Result};
use crate::graph::Graph;

/// What a detached run gives: its final state when awaited, or its items as a stream.
///
/// Dropping it does not stop the run.
#[derive(Debug)]
pub struct Spawned<T> {
    items: mpsc::Receiver<Result<T>>,
}

impl<T: Send + 'static> Spawned<T> {
    /// Detaches a future with one result.
    pub(crate) fn of(future: impl Future<Output = Result<T>> + Send + 'static) -> Self {
        Self::detach(1, |sender| async move {
            // Whether anybody still waits for it makes no difference to the run.
            let _ = sender.send(future.await).await;
        })
    }

    /// Detaches a stream.
    pub(crate) fn stream<G: Graph>(mut stream: RunStream<G, T>, buffer: usize) -> Self {
        Self::detach(buffer.max(1), |sender| async move {
            while let Some(item) = stream.next().await {
                let _ = sender.send(item).await;
            }
        })
    }

    fn detach<F: Future<Output = ()> + Send + 'static>(
        buffer: usize,
        task: impl FnOnce(mpsc::Sender<Result<T>>) -> F,
    ) -> Self {
        let (sender, items) = mpsc::channel(buffer);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(task(sender))),
            Err(_) => {
                let text = "`spawn` was called outside a tokio runtime: there is nothing to detach the run onto";
                // The channel is empty and holds at least one.
                let _ = sender.try_send(Err(Error::Runtime(text.to_owned())));
            }
        }
        Self { items }
    }

    /// The next item; `None` when the run has ended.
    pub async fn next(&mut self) -> Option<Result<T>> {
        self.items.recv().await
    }
}

impl<T> Stream for Spawned<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.items.poll_recv(cx)
    }
}

impl<T> Future for Spawned<T> {
    type Output = Result<T>;

    /// The first item: of a detached run, its final state.
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let item = std::task::ready!(self.items.poll_recv(cx));
        // The sender is gone only where the runtime was shut down under the run.
        Poll::Ready(item.unwrap_or_else(|| Err(Error::Runtime("the runtime was shut down under the run".to_owned()))))
    }
}
