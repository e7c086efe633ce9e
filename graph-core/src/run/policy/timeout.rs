//! An attempt of a node, no longer than it may take.

use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use crate::node::{NodeTimeout, Timeout, TimeoutKind};
use crate::run::Notes;

/// Runs an attempt of a node, and drops it once a time of its is over.
pub(crate) async fn within<F: Future>(
    run: F,
    timeout: Timeout,
    node: &'static str,
    notes: Option<&Notes>,
) -> Result<F::Output, NodeTimeout> {
    let (mut run, mut over) = (pin!(run), pin!(over(timeout, node, notes)));
    // The node has the first word: what it has ready, or says, counts even where the consumer comes late.
    poll_fn(|cx| match run.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => over.as_mut().poll(cx).map(Err),
    })
    .await
}

/// Waits until one of the times is over.
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
        // A sign of life only writes down its time; here one looks whether there was one meanwhile.
        let due = notes.last_beat() + after;
        if Instant::now() >= due {
            return after;
        }
        sleep_until(due).await;
    }
}
