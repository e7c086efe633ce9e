//! `timeout(run, idle)`: attempts that take too long, and attempts without a heartbeat.

use std::sync::Mutex;
use std::time::Duration;

use graph_core::Error;
use graph_core::context::{Payload, SpanKind};
use graph_core::model::ScriptedModel;
use graph_core::node::{NodeTimeout, TimeoutKind};
use graph_core::prelude::*;
use tokio::time::{Instant, sleep};

use crate::kit::{Line, Log, line, nothing, read};

/// How a node sends a heartbeat.
#[derive(Clone, Copy, Debug)]
enum Sign {
    None,
    Heartbeat,
    Custom,
    Span,
    Tokens,
    /// From another task, while the node itself waits.
    Elsewhere,
}

/// Works for ten seconds, with a heartbeat in every second but the first.
#[node(timeout(idle = "1500ms"))]
async fn works(_: &Log, cx: &Context<Works>) -> NodeResult<Line> {
    if matches!(cx.deps(), Sign::Elsewhere) {
        let there = cx.clone();
        tokio::spawn(async move {
            for _ in 0..10 {
                sleep(Duration::from_secs(1)).await;
                there.heartbeat();
            }
        });
        sleep(Duration::from_secs(10)).await;
        return Ok(line("done"));
    }
    for _ in 0..10 {
        sleep(Duration::from_secs(1)).await;
        match cx.deps() {
            Sign::None | Sign::Elsewhere => {}
            Sign::Heartbeat => cx.heartbeat(),
            Sign::Custom => cx.emit(()),
            Sign::Span => cx.span(SpanKind::Tool, "search", Payload::Nothing).end(Payload::Nothing),
            Sign::Tokens => {
                ScriptedModel::new().reply("still here").invoke("are you there?", cx).await?;
            }
        }
    }
    Ok(line("done"))
}

graph! {
    Works<Log, Sign> {
        custom ();

        START -> works -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn any_sign_of_life_begins_the_idle_time_anew_whether_or_not_anybody_listens() {
    for sign in [Sign::Heartbeat, Sign::Custom, Sign::Span, Sign::Tokens, Sign::Elsewhere] {
        for modes in [Mode::none(), Mode::ALL] {
            let (_, error) = read(Works::new(sign).run(nothing()).stream(modes)).await;
            assert!(error.is_none(), "{sign:?}: {error:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_without_a_sign_of_life_is_stopped() {
    let begun = Instant::now();
    match Works::new(Sign::None).run(nothing()).await.unwrap_err() {
        Error::Node { source, .. } => {
            let timeout = source.downcast_ref::<NodeTimeout>().unwrap();
            assert_eq!((timeout.node, timeout.kind), ("works", TimeoutKind::Idle));
            assert_eq!(timeout.to_string(), "node `works` gave no sign of life for 1.5s");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(begun.elapsed(), Duration::from_millis(1_500));
}

/// Sends heartbeats and never ends.
#[node(timeout(run = "5s", idle = "2s"), retry(max_attempts = 2, initial = "1s", jitter = false))]
async fn endless(_: &Log, cx: &Context<Endless>) -> Line {
    cx.deps().lock().unwrap().push(Instant::now());
    // The second attempt sends none.
    while cx.attempt() == 1 {
        sleep(Duration::from_secs(1)).await;
        cx.heartbeat();
    }
    std::future::pending().await
}

graph! { Endless<Log, Mutex<Vec<Instant>>> { START -> endless -> END; } }

#[tokio::test(start_paused = true)]
async fn each_attempt_has_all_of_both_times() {
    let begun = Instant::now();
    let app = Endless::new(Mutex::default());
    let error = app.run(nothing()).await.unwrap_err();
    let kind = match &error {
        Error::Node { source, attempt: 2, .. } => source.downcast_ref::<NodeTimeout>().unwrap().kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(kind, TimeoutKind::Idle);
    // Five seconds, a pause of one, and two without a heartbeat.
    assert_eq!(begun.elapsed().as_secs(), 8);
    let starts = app.deps().lock().unwrap().clone();
    assert_eq!(starts.iter().map(|at| (*at - begun).as_secs()).collect::<Vec<_>>(), [0, 6]);
}

#[node(timeout = "1s")]
async fn timed(_: &Log) -> Line {
    line("timed")
}

graph! { Timed<Log> { START -> timed -> END; } }

#[test]
fn without_a_timer_the_policy_says_what_is_missing() {
    let mut run = Box::pin(Timed::new().run(nothing()).into_future());
    let waker = std::task::Waker::noop();
    match run.as_mut().poll(&mut std::task::Context::from_waker(waker)) {
        std::task::Poll::Ready(Err(error)) => {
            assert!(error.to_string().contains("the policies of `timed` need tokio's timer"), "{error}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(Timed::new().run(nothing()).blocking().unwrap().log, ["timed"]);
}
