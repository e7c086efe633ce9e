//! Several calls of one message.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use graph_core::prelude::*;
use serde_json::json;
use tokio::time::Instant;

use crate::{Ran, call, texts};

/// Sleeps.
#[tool]
async fn sleep(seconds: u64, #[inject] ran: &Ran, #[inject] at_once: &Arc<AtomicUsize>) -> String {
    let running = at_once.fetch_add(1, Ordering::Relaxed) + 1;
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    at_once.fetch_sub(1, Ordering::Relaxed);
    ran.note(format!("{seconds} of {running}"));
    seconds.to_string()
}

#[tokio::test(start_paused = true)]
async fn calls_run_at_once_and_answers_come_in_the_order_of_the_calls() {
    let ran = Ran::default();
    let tools: ToolSet = tools![sleep(ran.clone(), Arc::default())];
    let start = Instant::now();
    let calls = [3, 1, 2].map(|seconds| call("c", "sleep", json!({"seconds": seconds})));
    let answers = tools.call_all(&calls, &RunContext::detached()).await.unwrap();
    assert_eq!(texts(&answers), ["3", "1", "2"]);
    assert_eq!(ran.take(), ["1 of 2", "2 of 3", "3 of 1"]);
    assert_eq!(start.elapsed(), Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn a_limit_is_kept() {
    for (limit, seconds) in [(1, 10), (2, 6), (3, 4), (0, 10)] {
        let at_once = Arc::<AtomicUsize>::default();
        let ran = Ran::default();
        let tools: ToolSet = tools![sleep(ran.clone(), at_once)];
        let start = Instant::now();
        let calls = [1, 4, 2, 3].map(|seconds| call("c", "sleep", json!({"seconds": seconds})));
        let answers = tools.max_concurrency(limit).call_all(&calls, &RunContext::detached()).await.unwrap();
        assert_eq!(texts(&answers), ["1", "4", "2", "3"]);
        assert_eq!(start.elapsed(), Duration::from_secs(seconds), "limit {limit}");
        let most = ran.take().iter().map(|line| line.split(' ').next_back().unwrap().parse::<usize>().unwrap()).max();
        assert!(most.unwrap() <= limit.max(1), "{most:?} at once");
    }
}

#[tokio::test]
async fn no_calls_are_no_messages() {
    let tools: ToolSet = ToolSet::new();
    assert!(tools.is_empty());
    assert!(
        tools.call_all([] as [graph_core::message::ToolCall; 0], &RunContext::detached()).await.unwrap().is_empty()
    );
}

#[tokio::test]
async fn dropping_the_answers_cancels_the_calls() {
    let at_once = Arc::<AtomicUsize>::default();
    let tools: ToolSet = tools![sleep(Ran::default(), at_once.clone())];
    let cx = RunContext::detached();
    let mut answers = Box::pin(tools.call_all([call("c", "sleep", json!({"seconds": 60}))], &cx));
    let mut poller = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(answers.as_mut().poll(&mut poller).is_pending());
    drop(answers);
    tokio::task::yield_now().await;
    assert_eq!(at_once.load(Ordering::Relaxed), 1, "it has not come to its end");
}
