//! Pushes of attempts and tasks that fail.

use super::*;

#[node(retry(max_attempts = 3, initial = "1s"))]
async fn flaky(_: &Chat, cx: &Context<Flaky>) -> NodeResult<Done> {
    cx.push_message(say(&format!("attempt {}", cx.attempt())));
    if cx.attempt() < 3 {
        return Err(NodeError::msg("not yet"));
    }
    Ok(Done { done: true })
}

graph! {
    Flaky<Chat> {
        START -> flaky -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn what_failed_attempts_pushed_was_heard_and_is_not_written() {
    let mut pieces = Flaky::new().run(nothing()).messages();
    let mut heard = Vec::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.unwrap();
        heard.push((piece.text().into_owned(), piece.attempt));
    }
    let attempt = |number| (format!("attempt {number}"), number);
    assert_eq!(heard, [attempt(1), attempt(2), attempt(3)]);
    assert_eq!(texts(&pieces.finish().await.unwrap().messages), ["attempt 3"]);
}

#[node]
async fn fails(_: &Chat, cx: &Context<Fails>) -> NodeResult<Done> {
    cx.push_message(say("lost"));
    Err(NodeError::msg("no"))
}

graph! {
    Fails<Chat> {
        START -> fails -> END;
    }
}

#[tokio::test]
async fn what_a_failed_task_pushed_is_not_written() {
    let thread = Fails::new().checkpointer(MemorySaver::new()).thread("t");
    assert!(thread.run(nothing()).await.is_err());
    assert!(thread.state().await.unwrap().values.messages.is_empty());
}
