//! Retries and time limits.

use std::time::Duration;

use graph_core::model::ToolSpec;
use graph_core::node::Retry;
use graph_core::prelude::*;
use graph_core::tool::{DynamicTool, ToolSet};
use serde_json::{Value, json};

use crate::{Ran, call};

/// Fails twice.
#[tool(retry(max_attempts = 3, initial = "10s", jitter = false))]
async fn flaky(#[inject] ran: &Ran) -> NodeResult<usize> {
    ran.note("try");
    let tries = ran.0.lock().unwrap().len();
    if tries < 3 { Err(NodeError::msg("not yet")) } else { Ok(tries) }
}

/// Never works.
#[tool(retry)]
async fn hopeless(#[inject] ran: &Ran) -> NodeResult<()> {
    ran.note("try");
    Err(NodeError::permanent(NodeError::msg("never")))
}

/// Never ends.
#[tool(retry(max_attempts = 2, jitter = false), timeout = "5s")]
async fn endless(#[inject] ran: &Ran) {
    ran.note("try");
    std::future::pending::<()>().await;
}

async fn text(tools: &ToolSet, name: &str) -> String {
    tools.call(call("c", name, json!({})), &RunContext::detached()).await.unwrap().text()
}

#[tokio::test(start_paused = true)]
async fn a_tool_is_tried_again_and_cancelled_when_its_time_is_over() {
    let ran = Ran::default();
    let tools = tools![flaky(ran.clone()), hopeless(ran.clone()), endless(ran.clone())];
    let start = tokio::time::Instant::now();
    assert_eq!(text(&tools, "flaky").await, "3");
    assert_eq!(start.elapsed(), Duration::from_secs(30), "10 s, then 20 s");
    assert_eq!(ran.take().len(), 3);
    assert_eq!(text(&tools, "hopeless").await, "Error: never");
    assert_eq!(ran.take().len(), 1, "a permanent error is not retried");
    assert_eq!(text(&tools, "endless").await, "Error: the tool took longer than 5s");
    assert_eq!(ran.take().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn wrong_arguments_are_not_tried_again() {
    let ran = Ran::default();
    let tools: ToolSet = tools![flaky(ran.clone())];
    let start = tokio::time::Instant::now();
    let answer = tools.call(call("c", "flaky", json!({"x": 1})), &RunContext::detached()).await.unwrap();
    assert!(answer.text().contains("`x`: unknown, the parameters are none"), "{}", answer.text());
    assert_eq!((ran.take().len(), start.elapsed()), (0, Duration::ZERO));
}

#[test]
fn without_tokio_a_policy_is_an_error_of_the_node() {
    let spec = ToolSpec::new("x", "", json!({}));
    let tool = DynamicTool::new(spec, |_: Value, _| async { Ok::<_, NodeError>(1) });
    let tools: ToolSet = ToolSet::new().with(tool.policy(Default::default())).unwrap();
    let _ = Retry::DEFAULT;
    let cx = RunContext::detached();
    let mut plain = Box::pin(tools.call(call("c", "x", json!({})), &cx));
    let mut poller = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(plain.as_mut().poll(&mut poller).is_ready(), "a tool without a policy needs none");

    let tools: ToolSet = tools![flaky(Ran::default())];
    let mut timed = Box::pin(tools.call(call("c", "flaky", json!({})), &cx));
    let std::task::Poll::Ready(Err(error)) = timed.as_mut().poll(&mut poller) else { panic!("it ran") };
    assert!(error.to_string().contains("`flaky` need tokio's timer"), "{error}");
}
