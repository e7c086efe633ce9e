//! The chatbot against a real model over HTTP.
//!
//! `tests/run` starts a server on loopback and sets `GRAPH_TEST_MODEL_URL`; otherwise the test prints that it is
//! skipped.

use std::path::Path;
use std::process::Command;

#[test]
fn the_chatbot_streams_from_a_real_model() {
    let Ok(url) = std::env::var("GRAPH_TEST_MODEL_URL") else {
        eprintln!("skipped: GRAPH_TEST_MODEL_URL is not set (`bash tests/run` sets it)");
        return;
    };
    let test = std::env::current_exe().expect("a test knows where it runs");
    let target = test.parent().and_then(Path::parent).expect("tests run in target/<profile>/deps");
    let output = Command::new(target.join("examples").join("chatbot").with_extension(std::env::consts::EXE_EXTENSION))
        .env("OPENAI_BASE_URL", url)
        .env("OPENAI_MODEL", "smollm2")
        .env("OPENAI_API_KEY", std::env::var("GRAPH_TEST_MODEL_KEY").unwrap_or_else(|_| "sk-none".to_owned()))
        .output()
        .unwrap();
    let (printed, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{errors}");

    // The model's text differs from run to run; the structure of the stream must not.
    let section = |title: &str| {
        let mut sections = printed.split("-- ").filter_map(|section| section.strip_prefix(title));
        sections.next().unwrap_or_else(|| panic!("no `{title}` in:\n{printed}")).to_owned()
    };
    assert!(section("updates").contains("assistant: "), "{printed}");
    assert!(section("values").contains("3 messages\n4 messages"), "{printed}");
    let tokens = section("tokens");
    let tokens: Vec<_> = tokens.lines().skip(1).flat_map(|line| line.split('|')).collect();
    assert!(tokens.len() > 5, "a reply of one piece is no stream: {tokens:?}");
    assert!(section("several modes").contains("conversation is done"), "{printed}");
    let events = section("events");
    let streamed = events.matches("on_chat_model_stream").count();
    assert!(streamed > 1 && events.contains("on_chat_model_end"), "{printed}");
    // The fourth turn exceeded six messages, so the summary ran, and the fifth turn began with two.
    assert!(printed.contains("summarize_conversation is done"), "{printed}");
    assert!(printed.trim_end().ends_with("4 messages, next: []"), "{printed}");
    assert!(!printed.contains("offline model") && !errors.contains("sk-no-key"), "{printed}{errors}");
}
