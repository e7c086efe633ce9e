//! Requests that must be retried, and those that must not.
use std::time::{Duration, Instant};

use graph_core::model::{ChatModel, Prompt};
use serde_json::{Value, json};

use super::server::{Answer, HEAD, Server, call, events};

fn good() -> Answer {
    let finish = r#"{"choices":[{"delta":{"content":"fine"},"finish_reason":"stop"}]}"#;
    Answer::events(&[finish, "[DONE]"])
}

fn busy(status: &str, headers: &str) -> Answer {
    Answer::status(status, headers, "application/json", r#"{"error":{"message":"busy","type":"t"}}"#)
}

/// The number of requests, whether the last one succeeded, and the elapsed time.
async fn run(answers: Vec<Answer>, retries: u32) -> (usize, bool, Duration) {
    let server = Server::start(answers).await;
    let client = server.client().max_retries(retries).build().unwrap();
    let start = Instant::now();
    let outcome = call(&client).await;
    let keys: Vec<String> = server.requests().iter().map(|request| header(request, "idempotency-key")).collect();
    assert!(keys.iter().all(|key| *key == keys[0] && !key.is_empty()), "all tries have one key: {keys:?}");
    (keys.len(), outcome.error.is_none(), start.elapsed())
}

fn header(request: &str, name: &str) -> String {
    let line = request.lines().find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)));
    line.map(|(_, value)| value.to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn a_busy_server_is_retried_after_the_wait_it_asks_for() {
    for status in ["408 Timeout", "409 Conflict", "429 Slow", "500 Oops", "503 Loading", "529 Overloaded"] {
        let (count, well, _) = run(vec![busy(status, "retry-after-ms: 20\r\n"), good()], 2).await;
        assert_eq!((count, well), (2, true), "{status}");
    }
    let (count, well, took) = run(vec![busy("429 Slow", "retry-after: 0.3\r\n"), good()], 2).await;
    assert!(count == 2 && well && took >= Duration::from_millis(300), "{took:?}");
}

#[tokio::test]
async fn the_default_wait_is_about_half_a_second() {
    let (count, well, took) = run(vec![busy("500 Oops", ""), good()], 2).await;
    assert!(count == 2 && well && took >= Duration::from_millis(370), "{took:?}");
}

#[tokio::test]
async fn after_two_retries_the_error_is_returned() {
    let (count, well, _) = run(vec![busy("503 Loading", "retry-after-ms: 1\r\n")], 2).await;
    assert_eq!((count, well), (3, false));
    let (count, well, _) = run(vec![busy("503 Loading", "retry-after-ms: 1\r\n")], 0).await;
    assert_eq!((count, well), (1, false));
}

#[tokio::test]
async fn a_connection_broken_before_the_response_is_retried() {
    for broken in [Answer::default(), Answer { reset: true, ..Answer::default() }, Answer::whole("HTTP/1.1 200")] {
        let (count, well, _) = run(vec![broken, good()], 2).await;
        assert_eq!((count, well), (2, true));
    }
}

#[tokio::test]
async fn permanent_errors_are_not_retried() {
    for status in ["400 Bad", "401 No", "403 No", "404 None", "422 Bad"] {
        let (count, well, _) = run(vec![busy(status, ""), good()], 2).await;
        assert_eq!((count, well), (1, false), "{status}");
    }
    let too_long = busy("429 Slow", "retry-after: 121\r\n");
    assert_eq!(run(vec![too_long, good()], 2).await.0, 1);
    let no_money = Answer::status("429 Slow", "", "application/json", r#"{"error":{"code":"insufficient_quota"}}"#);
    assert_eq!(run(vec![no_money, good()], 2).await.0, 1);
}

#[tokio::test]
async fn the_server_decides_on_retries() {
    let never = busy("500 Oops", "x-should-retry: false\r\n");
    assert_eq!(run(vec![never, good()], 2).await.0, 1);
    let again = busy("400 Bad", "x-should-retry: true\r\nretry-after-ms: 1\r\n");
    assert_eq!(run(vec![again, good()], 2).await.0, 2);
}

#[tokio::test]
async fn a_stream_is_retried_before_its_first_token_and_never_after() {
    let text = r#"{"choices":[{"delta":{"content":"a"},"finish_reason":null}]}"#;
    let error = r#"{"error":{"message":"boom","type":"server_error"}}"#;
    for broken in [events(&[text]), events(&[text, error])] {
        let (count, well, _) = run(vec![Answer::whole(broken), good()], 2).await;
        assert_eq!((count, well), (1, false));
    }
    // Before the first token nothing was seen.
    for broken in [HEAD.to_owned(), events(&[error])] {
        let (count, well, _) = run(vec![Answer::whole(broken), good()], 2).await;
        assert_eq!((count, well), (2, true));
    }
}

#[tokio::test]
async fn further_fields_of_the_body_are_sent_and_those_of_the_prompt_count_most() {
    let server = Server::start(vec![good()]).await;
    let client = server.client().extra_body("user", "u").extra_body("top_k", 1).extra_body("temperature", 0.5);
    let prompt = Prompt::new("hi").temperature(0.1).extra("top_k", 2);
    client.build().unwrap().complete(prompt).await.unwrap();
    let request = server.requests()[0].clone();
    let body: Value = serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!((&body["user"], &body["top_k"], &body["temperature"]), (&json!("u"), &json!(2), &json!(0.5)));
}
