//! Runs as tokio tasks.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc;

use super::RunStream;
use crate::error::{Error, Result};
use crate::graph::Graph;

/// A spawned run: await it for its output, or read its items as a stream.
///
/// Dropping it does not cancel the run.
#[derive(Debug)]
pub struct Spawned<T> {
    items: mpsc::Receiver<Result<T>>,
}

impl<T: Send + 'static> Spawned<T> {
    /// Spawns a future with one result.
    pub(crate) fn of(future: impl Future<Output = Result<T>> + Send + 'static) -> Self {
        Self::detach(1, |sender| async move {
            // The run does not depend on its receiver.
            let _ = sender.send(future.await).await;
        })
    }

    /// Spawns a stream.
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
                // The channel is empty and has a capacity of at least one.
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

    /// The first item: the output, if the run was spawned as a future.
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let item = std::task::ready!(self.items.poll_recv(cx));
        // The sender is dropped without a result only if the runtime was shut down.
        Poll::Ready(item.unwrap_or_else(|| Err(Error::Runtime("the runtime was shut down under the run".to_owned()))))
    }
}
