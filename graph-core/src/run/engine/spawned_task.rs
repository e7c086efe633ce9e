//! A future on tokio that is aborted with the run.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use tokio::task::{JoinError, JoinHandle};

use super::outbox::lock;
use super::task_set::Ended;
use crate::run::child::Caller;

/// A future on tokio, and its output. It is erased: tokio's part of a task is compiled once, not for every graph.
pub(super) struct SpawnedTask<T> {
    join: JoinHandle<()>,
    output: Arc<Mutex<Option<T>>>,
}

impl<T: Send + 'static> SpawnedTask<T> {
    /// A node's task; `caller` is its graph, if that calls others.
    pub(super) fn spawn(future: impl Future<Output = T> + Send + 'static, caller: Option<&'static Caller>) -> Self {
        let output = Arc::new(Mutex::new(None));
        let slot = output.clone();
        let join = spawn(Box::pin(async move {
            let mut future = pin!(future);
            let output = poll_fn(|cx| {
                let _entered = caller.map(|caller| Caller::enter(Some(caller)));
                future.as_mut().poll(cx)
            })
            .await;
            *lock(&slot) = Some(output);
        }));
        Self { join, output }
    }
}

impl<T> SpawnedTask<T> {
    pub(super) fn abort(&self) {
        self.join.abort();
    }

    pub(super) fn poll_ended(&mut self, cx: &mut Context<'_>) -> Poll<Ended<T>> {
        let joined = ready!(Pin::new(&mut self.join).poll(cx));
        let output = lock(&self.output).take();
        Poll::Ready(output.ok_or_else(|| payload(joined.err())))
    }
}

impl<T> Drop for SpawnedTask<T> {
    fn drop(&mut self) {
        self.join.abort();
    }
}

fn spawn(future: Pin<Box<dyn Future<Output = ()> + Send>>) -> JoinHandle<()> {
    tokio::spawn(future)
}

/// The payload of a task without an output: that of its panic, or the reason why it was cancelled.
fn payload(error: Option<JoinError>) -> Box<dyn Any + Send> {
    match error.map(JoinError::try_into_panic) {
        Some(Ok(payload)) => payload,
        _ => Box::new("the task was cancelled, because its runtime was shut down"),
    }
}
