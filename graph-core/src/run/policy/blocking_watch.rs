//! Nodes that block the thread they run on.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tracing::{Level, enabled, warn};

/// A node that keeps the thread to itself for longer than this between two `.await`s is reported. Whatever else the
/// thread has to do waits as long; what computes or blocks belongs into `tokio::task::spawn_blocking`.
const BLOCKED: Duration = Duration::from_millis(100);

/// Whether anybody would hear of a node that blocks. Looking at the clock at every poll would cost more than a step.
pub(crate) fn is_watched() -> bool {
    enabled!(Level::WARN)
}

/// A node's future, and how long each of its polls takes.
pub(crate) struct Watched<F> {
    future: Pin<Box<F>>,
    graph: &'static str,
    node: &'static str,
}

impl<F: Future> Watched<F> {
    pub(crate) fn new(graph: &'static str, node: &'static str, future: F) -> Self {
        Self { future: Box::pin(future), graph, node }
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let begun = Instant::now();
        let polled = self.future.as_mut().poll(cx);
        let blocked = begun.elapsed();
        if blocked >= BLOCKED {
            let (graph, node) = (self.graph, self.node);
            warn!(graph, node, ?blocked, "a node blocked the thread that it runs on");
        }
        polled
    }
}
