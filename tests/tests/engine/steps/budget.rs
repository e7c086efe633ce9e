//! Graphs whose nodes never wait still yield to other tasks.

use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;

use crate::kit::{Line, Log, nothing};

#[node]
fn spin(_: &Log) -> Line {
    Line { log: Vec::new() }
}

graph! {
    Busy<Log> {
        START -> spin;
        spin -> |Log { log, .. }| if log.is_empty() { spin } else { END };
    }
}

#[tokio::test]
async fn another_task_can_cancel_a_run_that_never_waits() {
    let mut run = Busy::new().run(nothing()).recursion_limit(usize::MAX);
    let handle = run.cancel_handle();
    // On the same thread: it is polled only if the run yields.
    tokio::spawn(async move { handle.cancel() });
    assert!(matches!(run.await, Err(Error::Cancelled { .. })));
}

#[tokio::test]
async fn a_deadline_ends_a_run_that_never_waits() {
    let run = Busy::new().run(nothing()).recursion_limit(usize::MAX).deadline(Duration::from_millis(5));
    assert!(matches!(run.await, Err(Error::Deadline { .. })));
}
