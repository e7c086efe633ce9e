//! Retries and timeouts of tasks, and their errors.

use std::sync::atomic::{AtomicUsize, Ordering};

use graph_core::prelude::*;
use graph_core::run::EventData;

use crate::kit::read;

#[derive(Clone, Default)]
struct Tries(std::sync::Arc<AtomicUsize>);

#[task(retry(max_attempts = 3, initial = "1ms"))]
async fn flaky(text: String, cx: &Context<Flaky>) -> NodeResult<String> {
    match cx.deps().0.fetch_add(1, Ordering::Relaxed) {
        0 | 1 => Err(NodeError::msg(format!("not yet, {text}"))),
        _ => Ok(text),
    }
}

#[workflow(Flaky, tasks(flaky), deps = Tries)]
async fn tries(text: String, cx: &Context<Flaky>) -> NodeResult<String> {
    flaky(text, cx).await
}

#[tokio::test]
async fn a_task_is_tried_again() {
    let tries = Tries::default();
    assert_eq!(Flaky::new(tries.clone()).run(FlakyInput { text: "x".into() }).await.unwrap(), "x");
    assert_eq!(tries.0.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn each_call_is_a_span_in_the_events() {
    let run = Flaky::new(Tries::default()).run(FlakyInput { text: "x".into() });
    let (events, error) = read(run.events()).await;
    assert!(error.is_none());
    let named: Vec<_> = events.iter().filter(|event| &*event.name == "flaky").collect();
    let kinds: Vec<_> = named.iter().map(|event| event.kind.to_string()).collect();
    assert_eq!(kinds, ["on_chain_start", "on_chain_end"]);
    assert!(matches!(&named[1].data, Some(EventData::Json(value)) if value == "x"), "{:?}", named[1]);
}

#[task(timeout = "20ms")]
async fn forever(_cx: &RunContext) -> NodeResult<u64> {
    std::future::pending().await
}

#[workflow(Forever, tasks(forever))]
async fn waits(cx: &Context<Forever>) -> NodeResult<u64> {
    forever(cx).await
}

#[tokio::test(start_paused = true)]
async fn a_task_that_takes_too_long_fails_by_its_name() {
    let error = Forever::new().run(ForeverInput::default()).await.unwrap_err();
    let text = format!("{error:?} {error}");
    assert!(text.contains("forever"), "{text}");
}

/// Not async, and arguments that borrow.
#[task]
fn shout<'a>(text: &'a str, (mark, times): (char, usize), _cx: &RunContext) -> Result<String, std::fmt::Error> {
    let text: &'a str = text;
    Ok(format!("{}{}", text.to_uppercase(), String::from(mark).repeat(times)))
}

#[workflow(Shouting, tasks(shout))]
async fn shouting(text: String, cx: &Context<Shouting>) -> NodeResult<String> {
    shout(&text, ('!', 2), cx).await
}

#[tokio::test]
async fn a_task_need_not_be_async() {
    assert_eq!(Shouting::new().run(ShoutingInput { text: "hey".into() }).await.unwrap(), "HEY!!");
}
