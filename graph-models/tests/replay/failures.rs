//! Errors of all kinds and forms, and timeouts.
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use graph_core::model::{ChatModel, ModelError, Prompt, TimedOut};

use graph_models::OpenAi;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use super::server::{Answer, HEAD, Server, call, play, read_request};

const TEXT: &str = r#"{"choices":[{"delta":{"content":"a"},"finish_reason":null}]}"#;

async fn refused(status: &str, kind: &str, body: &str) -> ModelError {
    play(Answer::status(status, "x-request-id: req_1\r\n", kind, body)).await.error.unwrap()
}

#[tokio::test]
async fn a_rate_limit_is_not_a_used_up_quota() {
    let body =
        |code: &str| format!(r#"{{"error":{{"message":"slow","type":"requests","param":null,"code":"{code}"}}}}"#);
    let limit = refused("429 Too Many Requests", "application/json", &body("rate_limit_exceeded")).await;
    assert!(matches!(limit, ModelError::RateLimit(_)) && limit.is_retryable(), "{limit:?}");
    assert_eq!(limit.api().unwrap().request_id.as_deref(), Some("req_1"));
    let quota = refused("429 Too Many Requests", "application/json", &body("insufficient_quota")).await;
    assert!(matches!(quota, ModelError::QuotaExhausted(_)) && !quota.is_retryable(), "{quota:?}");
}

#[tokio::test]
async fn a_too_long_prompt_has_its_own_error() {
    for body in [
        r#"{"error":{"message":"too long","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
        r#"{"object":"error","message":"This model's maximum context length is 4096 tokens.","type":"BadRequestError","code":400}"#,
    ] {
        let error = refused("400 Bad Request", "application/json", body).await;
        assert!(matches!(error, ModelError::ContextOverflow(_)), "{error:?}");
    }
}

#[tokio::test]
async fn error_bodies_in_all_forms_give_their_message() {
    for (kind, body, message) in [
        ("application/json", r#"{"error":"plain words"}"#, "plain words"),
        ("application/json", r#"{"detail":"Not Found"}"#, "Not Found"),
        ("application/json", r#"{"detail":[{"loc":["body"],"msg":"field required"}]}"#, "field required"),
        (
            "application/json",
            r#"[{"error":{"code":404,"message":"no such model","status":"NOT_FOUND"}}]"#,
            "no such model",
        ),
        ("text/html", "<html><head><title>502 Bad Gateway</title></head></html>", "502 Bad Gateway"),
        ("text/plain", "upstream said no", "upstream said no"),
        ("text/plain", "", "no error message"),
        ("application/json", "{broken", "{broken"),
    ] {
        let error = refused("404 Not Found", kind, body).await;
        assert!(error.to_string().contains(message) && error.to_string().contains("HTTP 404"), "{body}: {error}");
    }
    let long = refused("500 Oops", "text/plain", &"é".repeat(100_000)).await;
    assert!(long.to_string().len() < 5000);
}

#[tokio::test]
async fn an_error_in_the_middle_of_a_stream() {
    for (event, retryable) in [
        (r#"{"error":{"message":"boom","type":"server_error","code":null}}"#, true),
        (
            r#"{"error":{"message":"boom","code":502},"choices":[{"delta":{"content":""},"finish_reason":"error"}]}"#,
            true,
        ),
        (r#"{"object":"error","message":"boom","type":"invalid_request_error","code":400}"#, false),
        (r#"{"error":"boom"}"#, false),
    ] {
        let outcome = play(Answer::events(&[TEXT, event, "[DONE]"])).await;
        let error = outcome.error.clone().unwrap();
        assert_eq!((outcome.message().text().as_str(), error.is_retryable()), ("a", retryable), "{event}");
        assert!(error.to_string().contains("boom"), "{error}");
    }
}

#[tokio::test]
async fn an_error_behind_status_200() {
    let json = Answer::status("200 OK", "", "application/json", r#"{"error":{"message":"boom","type":"x"}}"#);
    assert!(play(json).await.error.unwrap().to_string().contains("boom"));
    let html = Answer::status("200 OK", "", "text/html; charset=utf-8", "<!DOCTYPE html><title>Log in</title>");
    let error = play(html).await.error.unwrap();
    assert!(matches!(&error, ModelError::BadResponse { problem } if problem.contains("Log in")), "{error:?}");
    let mislabelled = Answer::whole(format!("{HEAD}{}", r#"{"error":{"message":"boom"}}"#));
    assert!(play(mislabelled).await.error.unwrap().to_string().contains("boom"));
    for nothing in ["{}", "[]", "17", "nonsense"] {
        let error = play(Answer::status("200 OK", "", "application/json", nothing)).await.error.unwrap();
        assert!(matches!(error, ModelError::BadResponse { .. }), "{nothing}: {error:?}");
    }
}

#[tokio::test]
async fn unexpected_responses_are_quoted_in_the_error() {
    let outcome = play(Answer::events(&[TEXT, "{\"choices\": 7}", "[DONE]"])).await;
    assert!(
        matches!(&outcome.error, Some(ModelError::BadResponse { problem }) if problem.contains("\"choices\": 7")),
        "{outcome:?}"
    );
    let empty = play(Answer::whole(HEAD)).await;
    assert!(matches!(empty.error, Some(ModelError::Truncated { .. })), "{empty:?}");
}

#[tokio::test]
async fn a_refused_connection() {
    let server = Server::start(vec![Answer::default()]).await;
    let client = server.client().build().unwrap();
    let url = server.url.clone();
    drop(server);
    tokio::task::yield_now().await;
    let error = call(&client).await.error.unwrap();
    assert!(matches!(error, ModelError::Connection { .. }) && error.is_retryable(), "{error:?}");
    assert!(error.to_string().contains(&url), "{error}");
}

#[tokio::test]
async fn pings_do_not_extend_the_limit_for_the_first_token() {
    let ping = (Duration::from_millis(40), b": ping\n\n".to_vec());
    let mut answer = Answer::whole(HEAD);
    answer.pieces.extend(std::iter::repeat_n(ping, 100));
    for answer in [answer, Answer::default().then_hang(), Answer::whole(HEAD).then_hang()] {
        let server = Server::start(vec![answer]).await;
        let client = server.client().first_token_timeout(Duration::from_millis(300)).build().unwrap();
        let start = Instant::now();
        let error = call(&client).await.error.unwrap();
        assert!(matches!(error, ModelError::Timeout { what: TimedOut::FirstToken, .. }), "{error:?}");
        assert!(start.elapsed() < Duration::from_secs(3));
    }
}

#[tokio::test]
async fn an_idle_stream_times_out_unless_it_has_pings() {
    let start = format!("{HEAD}data: {TEXT}\n\n");
    let server = Server::start(vec![Answer::whole(start.clone()).then_hang()]).await;
    let outcome = call(&server.client().idle_timeout(Duration::from_millis(200)).build().unwrap()).await;
    assert!(matches!(outcome.error, Some(ModelError::Timeout { what: TimedOut::NextToken, .. })), "{outcome:?}");
    assert_eq!(outcome.message().text(), "a");

    let mut lively = Answer::whole(start);
    lively.pieces.extend(std::iter::repeat_n((Duration::from_millis(60), b":\n\n".to_vec()), 12));
    lively.pieces.push((
        Duration::ZERO,
        b"data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n".to_vec(),
    ));
    let server = Server::start(vec![lively]).await;
    let outcome = call(&server.client().idle_timeout(Duration::from_millis(500)).build().unwrap()).await;
    assert_eq!(outcome.good().text(), "a");
}

#[tokio::test]
async fn dropping_the_stream_closes_the_connection() {
    let server = Server::start(vec![Answer::events(&[TEXT]).then_hang()]).await;
    let mut chunks = server.client().build().unwrap().generate(Prompt::new("hi")).await.unwrap();
    assert_eq!(chunks.next().await.unwrap().unwrap().text(), "a");
    drop(chunks);
    let start = Instant::now();
    while *server.hung_up.lock().unwrap() == 0 {
        assert!(start.elapsed() < Duration::from_secs(5), "the connection is still open");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_connection_left_open_does_not_delay_the_end_of_the_reply() {
    let stop = r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#;
    let start = Instant::now();
    let outcome = play(Answer::events(&[TEXT, stop, "[DONE]", TEXT]).then_hang()).await;
    assert_eq!(outcome.good().text(), "a", "what follows [DONE] is not read");
    assert!(start.elapsed() < Duration::from_secs(3));

    let mut late = Answer::events(&[TEXT, stop, "[DONE]"]);
    late.pieces.push((Duration::from_millis(30), format!("data: {TEXT}\n\ndata: [DONE]\n\n").into_bytes()));
    assert_eq!(play(late).await.good().text(), "a", "nor what follows later");
}

/// The end of the chunked body follows the end of the reply after a delay; the connection must still be reused.
#[tokio::test]
async fn two_calls_share_a_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let body =
            "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        for _ in 0..2 {
            read_request(&mut stream).await.unwrap();
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
            stream.write_all(format!("{head}{:x}\r\n{body}\r\n", body.len()).as_bytes()).await.unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
            stream.write_all(b"0\r\n\r\n").await.unwrap();
        }
    });
    let client = OpenAi::builder().base_url(url).max_retries(0).build().unwrap();
    for _ in 0..2 {
        let outcome = tokio::time::timeout(Duration::from_secs(5), call(&client)).await;
        assert_eq!(outcome.expect("the second call waits for a second connection").good().text(), "a");
    }
    server.await.unwrap();
}
