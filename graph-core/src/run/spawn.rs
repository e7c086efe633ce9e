//! Runs that are detached onto tokio.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::RunStream;
use crate::error::{Error, Result};
use crate::graph::Graph;

/// What a detached run gives: its final state when awaited, or its items as a stream.
///
/// Dropping it does not cancel the run.
#[derive(Debug)]
pub struct Spawned<T>(Source<T>);

#[derive(Debug)]
enum Source<T> {
    /// A run without a stream: one result.
    Result(JoinHandle<Result<T>>),
    Items(mpsc::Receiver<Result<T>>),
    /// Everything has been taken, or nothing could be detached.
    Over(Option<Error>),
}

impl<T: Send + 'static> Spawned<T> {
    /// Detaches a future with one result.
    pub(crate) fn of(future: impl Future<Output = Result<T>> + Send + 'static) -> Self {
        Self(match tokio::runtime::Handle::try_current() {
            Ok(runtime) => Source::Result(runtime.spawn(future)),
            Err(_) => Source::Over(Some(no_runtime())),
        })
    }

    /// Detaches a stream.
    pub(crate) fn stream<G: Graph>(mut stream: RunStream<G, T>, buffer: usize) -> Self {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return Self(Source::Over(Some(no_runtime())));
        };
        let (sender, items) = mpsc::channel(buffer.max(1));
        drop(runtime.spawn(async move {
            while let Some(item) = stream.next().await {
                // The run goes on without a receiver.
                let _ = sender.send(item).await;
            }
        }));
        Self(Source::Items(items))
    }

    /// The next item; `None` when the run has ended.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }
}

impl<T> Spawned<T> {
    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        let item = match &mut self.0 {
            Source::Result(result) => match ready!(Pin::new(result).poll(cx)) {
                Ok(result) => Some(result),
                Err(error) => Some(Err(match error.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(_) => shut_down(),
                })),
            },
            Source::Items(items) => return items.poll_recv(cx),
            Source::Over(error) => return Poll::Ready(error.take().map(Err)),
        };
        self.0 = Source::Over(None);
        Poll::Ready(item)
    }
}

fn no_runtime() -> Error {
    let text = "`spawn` was called outside a tokio runtime: there is nothing to detach the run onto";
    Error::Runtime(text.to_owned())
}

fn shut_down() -> Error {
    Error::Runtime("the runtime was shut down under the run".to_owned())
}

impl<T> Stream for Spawned<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

impl<T> Future for Spawned<T> {
    type Output = Result<T>;

    /// The first item: of a detached run, its final state.
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let item = ready!(self.poll_item(cx));
        // The sender is gone only if the runtime was shut down under the run.
        Poll::Ready(item.unwrap_or_else(|| Err(shut_down())))
    }
}
