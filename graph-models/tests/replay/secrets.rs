//! Keys are sent, and appear nowhere else.
use graph_core::model::ChatModel;
use graph_models::OpenAi;

use super::server::{Answer, Server, call};

const ECHO: &str = r#"{"error":{"message":"Incorrect API key provided: sk-the-secret-key. Also pass-word-1, x-header-secret, query-secret.","type":"invalid_request_error","code":"invalid_api_key"}}"#;

#[tokio::test]
async fn keys_are_sent_and_not_shown() {
    let echo = Answer::status("401 Unauthorized", "", "application/json", ECHO);
    let stream = Answer::events(&[ECHO]);
    let garbled = Answer::events(&["sk-the-secret-key pass-word-1 x-header-secret query-secret"]);
    for answer in [echo, stream, garbled, Answer::default()] {
        let server = Server::start(vec![answer]).await;
        let url = server.url.replace("http://", "http://my-user:pass-word-1@");
        let builder =
            server.client().base_url(format!("{url}?token=query-secret")).header("x-custom", "x-header-secret");
        let shown_builder = format!("{builder:?}");
        let client = builder.build().unwrap();
        let error = call(&client).await.error.unwrap();
        let shown = format!("{shown_builder} {client:?} {error} {error:?} {} {}", client.provider(), client.model());
        for secret in ["sk-the-secret-key", "pass-word-1", "x-header-secret", "query-secret", "my-user"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
        let request = &server.requests()[0];
        assert!(request.contains("uthorization: Bearer sk-the-secret-key"), "{request}");
        assert!(request.starts_with("POST /v1/chat/completions?token=query-secret"), "{request}");
        assert!(!request.contains("Basic"), "one way of authorization, not two: {request}");
    }
}

#[tokio::test]
async fn credentials_of_the_address_are_used_when_there_is_no_key() {
    let server = Server::start(vec![Answer::status("404 None", "", "application/json", "{}")]).await;
    let url = server.url.replace("http://", "http://me:pw@");
    call(&OpenAi::builder().base_url(url).max_retries(0).build().unwrap()).await;
    assert!(server.requests()[0].contains("uthorization: Basic bWU6cHc="), "{}", server.requests()[0]);
}

#[tokio::test]
async fn a_redirect_does_not_carry_the_key_away() {
    let elsewhere = Server::start(vec![Answer::default()]).await;
    let location = format!("Location: {}/chat/completions\r\n", elsewhere.url);
    let server = Server::start(vec![Answer::status("307 Temporary Redirect", &location, "text/html", "")]).await;
    let error = call(&server.client().build().unwrap()).await.error.unwrap();
    assert_eq!(error.api().and_then(|api| api.status), Some(307), "{error:?}");
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn without_a_key_no_credentials_are_sent() {
    let server = Server::start(vec![Answer::status("404 None", "", "application/json", "{}")]).await;
    call(&OpenAi::builder().base_url(&server.url).max_retries(0).build().unwrap()).await;
    assert!(!server.requests()[0].to_ascii_lowercase().contains("authorization"));
}

#[test]
fn invalid_settings_are_named_without_their_value() {
    for builder in [
        OpenAi::builder().api_key("sk-secret\n"),
        OpenAi::builder().api_key("sk-\u{1}secret"),
        OpenAi::builder().base_url("sk-secret"),
        OpenAi::builder().header("x-a", "secret\u{0}"),
        OpenAi::builder().header("bad name", "secret-value"),
    ] {
        if let Err(error) = builder.build() {
            assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
        }
    }
    assert!(OpenAi::builder().api_key("sk-secret\n").build().is_ok(), "a line end behind a key is no fault");
    assert!(OpenAi::builder().api_key("sk-\u{1}secret").build().is_err());
}
