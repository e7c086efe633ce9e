//! Warns about nodes that block their thread.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tracing::{Level, enabled, warn};

use crate::context::Context as NodeContext;
use crate::graph::Graph;

/// A poll of a node that takes longer is reported: it delays everything else on the thread. Computing or blocking code
/// belongs into `tokio::task::spawn_blocking`.
const BLOCKED: Duration = Duration::from_millis(100);

/// Whether warnings are enabled. Reading the clock at every poll would cost more than a step.
pub(crate) fn warns() -> bool {
    enabled!(Level::WARN)
}

/// A node's future, with its polls timed: one that blocks its thread is warned about.
pub(crate) struct WarnIfBlocking<F> {
    future: Pin<Box<F>>,
    graph: &'static str,
    node: &'static str,
}

impl<F: Future> WarnIfBlocking<F> {
    pub(crate) fn of<G: Graph>(cx: &NodeContext<G>, future: F) -> Self {
        Self { future: Box::pin(future), graph: G::NAME, node: cx.node() }
    }
}

impl<F: Future> Future for WarnIfBlocking<F> {
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
