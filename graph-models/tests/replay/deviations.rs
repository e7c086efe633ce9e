//! Deviations of other servers from OpenAI's protocol, in hand-made streams.
use graph_core::message::{ContentBlock, Message};
use graph_core::model::ModelError;
use serde_json::json;

use super::server::{Answer, HEAD, Outcome, play};

/// A stream of these deltas, a finish reason and the end.
async fn deltas(deltas: &[&str], finish: &str) -> Outcome {
    let finish = format!(r#"{{"choices":[{{"index":0,"delta":{{}},"finish_reason":"{finish}"}}]}}"#);
    let chunk =
        |delta: &&str| format!(r#"{{"id":"x","choices":[{{"index":0,"delta":{delta},"finish_reason":null}}]}}"#);
    let data: Vec<String> = deltas.iter().map(chunk).chain([finish, "[DONE]".to_owned()]).collect();
    play(Answer::events(&data.iter().map(String::as_str).collect::<Vec<_>>())).await
}

async fn calls(fragments: &[&str]) -> Message {
    let fragments: Vec<String> = fragments.iter().map(|call| format!(r#"{{"tool_calls":{call}}}"#)).collect();
    deltas(&fragments.iter().map(String::as_str).collect::<Vec<_>>(), "tool_calls").await.good()
}

fn shown(message: &Message) -> Vec<String> {
    message.tool_calls().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn tool_calls_as_openai_sends_them() {
    let message = calls(&[
        r#"[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]"#,
        r#"[{"index":0,"function":{"arguments":"{\"x\":"}}]"#,
        r#"[{"index":0,"function":{"arguments":"1}"}}]"#,
        r#"[{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":""}}]"#,
        r#"[{"index":1,"function":{"arguments":"{}"}}]"#,
    ])
    .await;
    assert_eq!(shown(&message), [r#"f({"x":1})"#, "g({})"]);
    assert_eq!(message.tool_calls()[1].id, "b");
}

#[tokio::test]
async fn an_index_that_is_missing_null_or_always_zero() {
    for index in ["", r#""index":null,"#, r#""index":0,"#] {
        let message = calls(&[
            &format!(r#"[{{{index}"id":"a","function":{{"name":"f","arguments":"{{\"x\":1}}"}}}}]"#),
            &format!(r#"[{{{index}"id":"b","function":{{"name":"g","arguments":"{{}}"}}}}]"#),
        ])
        .await;
        assert_eq!(shown(&message), [r#"f({"x":1})"#, "g({})"], "{index}");
    }
    // Both in one delta.
    let both =
        r#"[{"id":"a","function":{"name":"f","arguments":"{}"}},{"id":"b","function":{"name":"g","arguments":"{}"}}]"#;
    assert_eq!(shown(&calls(&[both]).await), ["f({})", "g({})"]);
}

#[tokio::test]
async fn calls_are_numbered_in_order_for_any_server() {
    let outcome = deltas(
        &[
            r#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}"#,
            r#"{"tool_calls":[{"index":0,"id":"","function":{"name":"g","arguments":"{"}}]}"#,
            r#"{"tool_calls":[{"index":0,"id":"","function":{"name":"g","arguments":"}"}}]}"#,
        ],
        "stop",
    )
    .await;
    let fragments: Vec<_> = outcome.chunks.iter().flat_map(|chunk| chunk.tool_call_chunks().to_vec()).collect();
    let numbers: Vec<_> = fragments.iter().map(|fragment| fragment.index).collect();
    assert_eq!(numbers, [Some(0), Some(1), Some(1)]);
    assert_eq!((fragments[2].id.as_deref(), fragments[2].name.as_deref()), (None, None));
    let message = outcome.good();
    assert_eq!(shown(&message), ["f({})", "g({})"]);
    assert_eq!(message.tool_calls()[1].id, fragments[1].id.clone().unwrap());
    assert!(!message.tool_calls()[1].id.is_empty(), "an id was made up, the same in the stream and in the message");
}

#[tokio::test]
async fn arguments_that_are_null_empty_or_an_object() {
    for arguments in ["null", r#""""#, r#""{}""#, "{}", r#""null""#] {
        let message =
            calls(&[&format!(r#"[{{"index":0,"id":"a","function":{{"name":"f","arguments":{arguments}}}}}]"#)]).await;
        assert_eq!(shown(&message), ["f({})"], "{arguments}");
    }
    let message = calls(&[r#"[{"index":0,"id":"a","function":{"name":"f","arguments":{"x":[1]}}}]"#]).await;
    assert_eq!(shown(&message), [r#"f({"x":[1]})"#]);
}

#[tokio::test]
async fn half_a_call_is_invalid_and_never_runs() {
    let outcome = deltas(
        &[r#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\": 1, \"y"}}]}"#],
        "length",
    )
    .await;
    let message = outcome.good();
    assert!(message.tool_calls().is_empty());
    assert_eq!(message.invalid_tool_calls()[0].args, "{\"x\": 1, \"y");
}

#[tokio::test]
async fn text_before_calls_and_a_call_together_with_the_finish_reason() {
    let data = [
        r#"{"choices":[{"delta":{"role":"assistant","content":"Let me see. "},"finish_reason":""}]}"#,
        r#"{"choices":[{"delta":{"content":"So:","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#,
        "[DONE]",
    ];
    let message = play(Answer::events(&data)).await.good();
    assert_eq!((message.text().as_str(), shown(&message)), ("Let me see. So:", vec!["f({})".to_owned()]));
    assert_eq!(message.usage().unwrap().total_tokens, 3);
    assert_eq!(message.response_metadata()["finish_reason"], json!("stop"));
}

#[tokio::test]
async fn reasoning_under_each_of_its_names() {
    for key in ["reasoning_content", "reasoning"] {
        let outcome = deltas(
            &[
                &format!(r#"{{"{key}":"hm, "}}"#),
                &format!(r#"{{"{key}":"well","content":null}}"#),
                r#"{"content":"42"}"#,
            ],
            "stop",
        )
        .await;
        let message = outcome.good();
        assert_eq!(message.blocks()[..], [ContentBlock::reasoning("hm, well"), ContentBlock::text("42")]);
        assert_eq!(message.text(), "42");
    }
    let details = r#"{"reasoning_details":[{"type":"reasoning.text","text":"a"}]}"#;
    let message = deltas(&[details, details, r#"{"content":"x"}"#], "stop").await.good();
    assert_eq!(message.additional_kwargs()["reasoning_details"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_refusal_is_kept() {
    let message = deltas(&[r#"{"content":null,"refusal":"I can"}"#, r#"{"refusal":"not."}"#], "stop").await.good();
    assert_eq!((message.text().as_str(), &message.response_metadata()["refusal"]), ("", &json!("I cannot.")));
}

#[tokio::test]
async fn usage_that_grows_on_each_chunk_and_unknown_keys() {
    let data = [
        r#"{"choices":[{"delta":{"content":"a","audio":null},"finish_reason":null}],"usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6},"obfuscation":"xx","provider":"p"}"#,
        r#"{"choices":[{"delta":{"content":"b"},"finish_reason":"insufficient_system_resource"}],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7,"completion_tokens_details":{"reasoning_tokens":1},"prompt_cache_hit_tokens":4},"error":null}"#,
        "[DONE]",
    ];
    let message = play(Answer::events(&data)).await.good();
    let usage = message.usage().unwrap();
    assert_eq!((usage.total_tokens, usage.output_token_details.as_ref().unwrap().reasoning), (7, Some(1)));
    assert_eq!(usage.input_token_details.as_ref().unwrap().cache_read, Some(4));
    assert_eq!(message.response_metadata()["finish_reason"], json!("insufficient_system_resource"));
}

#[tokio::test]
async fn of_several_choices_the_first_is_read() {
    let data = [
        r#"{"choices":[{"index":1,"delta":{"content":"no"},"finish_reason":null}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content":"yes"},"finish_reason":null}]}"#,
        r#"{"choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}"#,
        r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
        "[DONE]",
    ];
    assert_eq!(play(Answer::events(&data)).await.good().text(), "yes");
}

#[tokio::test]
async fn comments_line_ends_padding_and_other_events() {
    let body = format!(
        "{HEAD}\u{feff}:\n\n: OPENROUTER PROCESSING\r\n\r\nevent: ping\ndata: \n\ndata: {}   \r\n\r\nid: 1\ndata:{}\n\ndata: [DONE] \n\n",
        r#"{"choices":[{"delta":{"content":"caf\u00e9 é"}}]}    "#,
        r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#
    );
    for sizes in [vec![1], vec![5], vec![10_000]] {
        assert_eq!(play(Answer::pieces(body.as_bytes(), &sizes)).await.good().text(), "café é");
    }
}

#[tokio::test]
async fn without_done_and_finish_reason_a_message_is_truncated() {
    let text = r#"{"choices":[{"delta":{"content":"a"},"finish_reason":null}]}"#;
    let stop = r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#;
    assert_eq!(play(Answer::events(&[text, stop])).await.good().text(), "a");
    let outcome = play(Answer::events(&[text])).await;
    assert!(matches!(outcome.error, Some(ModelError::Truncated { .. })), "{outcome:?}");
    // The last event lacks its blank line.
    let outcome = play(Answer::whole(format!("{HEAD}data: {text}\n\ndata: {stop}\n"))).await;
    assert!(
        matches!(&outcome.error, Some(ModelError::Truncated { problem }) if problem.contains("middle")),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn no_id_at_all_gets_one_and_the_message_keeps_it() {
    let data = [
        r#"{"choices":[{"delta":{"content":"a"}}]}"#,
        r#"{"choices":[{"delta":{"content":"b"},"finish_reason":"stop"}]}"#,
        "[DONE]",
    ];
    let message = play(Answer::events(&data)).await.good();
    assert!(message.id().starts_with("run-"));
}
