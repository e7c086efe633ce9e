//! What only Ollama's API has.
use graph_core::message::ContentBlock;
use graph_core::store::Embedder;
use graph_models::Ollama;
use serde_json::json;

use super::server::{Answer, Outcome, Server, call};

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n";

async fn play(lines: &[&str]) -> Outcome {
    let server = Server::start(vec![Answer::whole(format!("{HEAD}{}\n", lines.join("\n")))]).await;
    call(&Ollama::builder().base_url(server.root()).max_retries(0).build().unwrap()).await
}

#[tokio::test]
async fn thinking_comes_before_the_text() {
    let message = play(&[
        r#"{"model":"m","message":{"role":"assistant","content":"","thinking":"Let "},"done":false}"#,
        r#"{"model":"m","message":{"role":"assistant","content":"","thinking":"me"},"done":false}"#,
        r#"{"model":"m","message":{"role":"assistant","content":"42"},"done":false}"#,
        r#"{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","eval_count":3}"#,
    ])
    .await
    .good();
    assert_eq!(message.blocks(), [ContentBlock::reasoning("Let me"), ContentBlock::text("42")]);
    assert_eq!(message.usage(), None, "a cached prompt has no count: unknown is not zero");
    assert_eq!(message.response_metadata()["eval_count"], json!(3));
}

#[tokio::test]
async fn calls_without_an_id_get_one() {
    let message = play(&[
        r#"{"message":{"content":"","tool_calls":[{"function":{"name":"f","arguments":{"x":1}}},{"function":{"name":"f","arguments":{"x":1}}}]},"done":false}"#,
        r#"{"message":{"content":"","tool_calls":[{"function":{"name":"g","arguments":{}}}]},"done":true,"done_reason":"stop"}"#,
    ])
    .await
    .good();
    let ids: Vec<&str> = message.tool_calls().iter().map(|call| call.id.as_str()).collect();
    assert!(ids.len() == 3 && ids.iter().all(|id| !id.is_empty()) && ids[0] != ids[1], "{ids:?}");
    assert_eq!(message.response_metadata()["finish_reason"], json!("tool_calls"));
    assert_eq!(message.response_metadata()["native_finish_reason"], json!("stop"));
}

#[tokio::test]
async fn embeddings_are_in_the_order_of_the_texts() {
    let body = r#"{"model":"e","embeddings":[[0.5,1],[0.25,-2]]}"#;
    let server = Server::start(vec![Answer::status("200 OK", "", "application/json", body)]).await;
    let model = Ollama::builder().base_url(server.root()).embedding_model("e").build().unwrap();
    assert_eq!(model.embed(&["a", "b"]).await.unwrap(), [vec![0.5, 1.0], vec![0.25, -2.0]]);
    assert!(model.embed(&["a"]).await.is_err(), "another number of embeddings");
    assert!(model.embed::<&str>(&[]).await.unwrap().is_empty());
    let texts = ["a".to_owned(), "b".to_owned()];
    assert_eq!(model.embedder(2).embed(&texts).await.unwrap().len(), 2);
    let error = model.embedder(3).embed(&texts).await.unwrap_err();
    assert!(error.to_string().contains("3 dimensions"), "{error}");
    let request = &server.requests()[0];
    assert!(request.starts_with("POST /api/embed ") && request.contains(r#""input":["a","b"]"#), "{request}");
}
