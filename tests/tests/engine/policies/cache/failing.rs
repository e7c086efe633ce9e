//! A node that fails.

use super::*;

#[node(cache, retry(max_attempts = 2, initial = "1ms", jitter = false))]
async fn fails_first(_: &Weather, cx: &Context<Failing>) -> NodeResult<Reported> {
    let reported = report(cx.deps(), "at last");
    if cx.deps().load(Ordering::SeqCst) < 4 { Err(NodeError::msg("not yet")) } else { Ok(reported) }
}

graph! { Failing<Weather, Runs> { START -> fails_first -> END; } }

#[tokio::test(start_paused = true)]
async fn a_failure_is_not_kept_and_a_success_is() {
    let app = Failing::new(Runs::default()).cache(MemoryCache::new());
    app.run(input("", "")).await.unwrap_err();
    for _ in 0..2 {
        assert_eq!(app.run(input("", "")).await.unwrap().report, Late::new("at last".to_owned()));
        assert_eq!(app.deps().load(Ordering::SeqCst), 4);
    }
}
