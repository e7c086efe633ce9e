//! A handler with its own policies.

use super::*;

type Starts = Mutex<Vec<Duration>>;

#[node(timeout = "1s", on_error = tries_again)]
async fn slow(_: &Log) -> Line {
    std::future::pending().await
}

/// A handler has its own attempts, each with its own timeout.
#[node(retry(max_attempts = 3, initial = "10s", factor = 1.0, jitter = false), timeout(idle = "2s"))]
async fn tries_again(failure: NodeFailure, cx: &Context<Slow>) -> NodeResult<Line> {
    assert!(failure.error.downcast_ref::<NodeTimeout>().is_some(), "a timeout is handled");
    cx.deps().1.lock().unwrap().push(cx.deps().0.elapsed());
    match cx.attempt() {
        1 => std::future::pending().await,
        2 => Err(NodeError::msg("again")),
        _ => Ok(line("at last")),
    }
}

graph! { Slow<Log, (Instant, Starts)> { START -> slow -> END; } }

#[tokio::test(start_paused = true)]
async fn a_handler_has_policies_of_its_own() {
    let app = Slow::new((Instant::now(), Starts::default()));
    assert_eq!(app.run(nothing()).await.unwrap().log, ["at last"]);
    let starts: Vec<_> = app.deps().1.lock().unwrap().iter().map(Duration::as_secs).collect();
    // A second for the node; two without a heartbeat and a pause of ten; another pause.
    assert_eq!(starts, [1, 13, 23]);
}
