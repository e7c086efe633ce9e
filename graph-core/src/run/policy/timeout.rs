//! Timeouts of attempts.

use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use crate::node::{NodeTimeout, Timeout, TimeoutKind};
use crate::run::Notes;

/// Runs an attempt, and drops it on a timeout.
pub(crate) async fn within<F: Future>(
    run: F,
    timeout: Timeout,
    node: &'static str,
    notes: Option<&Notes>,
) -> Result<F::Output, NodeTimeout> {
    let (mut run, mut over) = (pin!(run), pin!(over(timeout, node, notes)));
    // The node is polled first: a result that is ready counts even if the consumer polls late.
    poll_fn(|cx| match run.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => over.as_mut().poll(cx).map(Err),
    })
    .await
}

/// Waits for the first timeout.
async fn over(timeout: Timeout, node: &'static str, notes: Option<&Notes>) -> NodeTimeout {
    let (mut run, mut idle) = (pin!(run_over(timeout.run)), pin!(idle_over(timeout.idle, notes)));
    poll_fn(|cx| {
        if let Poll::Ready(after) = run.as_mut().poll(cx) {
            return Poll::Ready(NodeTimeout { node, kind: TimeoutKind::Attempt, after });
        }
        idle.as_mut().poll(cx).map(|after| NodeTimeout { node, kind: TimeoutKind::Idle, after })
    })
    .await
}

async fn run_over(after: Option<Duration>) -> Duration {
    match after {
        Some(after) => {
            sleep(after).await;
            after
        }
        None => pending().await,
    }
}

async fn idle_over(after: Option<Duration>, notes: Option<&Notes>) -> Duration {
    let (Some(after), Some(notes)) = (after, notes) else { return pending().await };
    notes.beat();
    loop {
        // A heartbeat only stores its time; whether there was one is checked here.
        let due = notes.last_beat() + after;
        if Instant::now() >= due {
            return after;
        }
        sleep_until(due).await;
    }
}
