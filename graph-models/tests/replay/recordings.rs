//! Every recording of a llama.cpp server: whole, byte by byte, in random chunks, and truncated.
use graph_core::message::{ContentBlock, MessageChunk, ToolCall, Usage};
use graph_core::model::ModelError;
use serde_json::{Value, json};

use super::server::{Answer, Outcome, play, recording};

/// A small random generator (xorshift), so that a failure can be reproduced by its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// Replays the recording in several chunkings, all of which must give the same message.
async fn good(name: &str) -> Outcome {
    let bytes = recording(name);
    let whole = play(Answer::whole(bytes.clone())).await;
    let message = whole.good();
    let seed = std::env::var("REPLAY_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64 | 1
    });
    println!("{name}: repeat with REPLAY_SEED={seed}");
    let mut random = Random(seed);
    let mut chunkings = vec![vec![1], vec![7], vec![1000]];
    chunkings.extend((0..3).map(|_| (0..50).map(|_| 1 + random.below(300)).collect()));
    for sizes in chunkings {
        let outcome = play(Answer::pieces(&bytes, &sizes)).await;
        assert_eq!(outcome.good(), message, "{name} in pieces {sizes:?}, seed {seed}");
        assert_eq!(outcome.chunks, whole.chunks, "{name}: the chunks do not depend on the pieces");
    }
    whole
}

/// The values at a path in each event of the recording, read without our decoder.
fn in_events(name: &str, path: &str) -> Vec<Value> {
    let text = String::from_utf8(recording(name)).unwrap();
    let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
    data.filter_map(|data| serde_json::from_str::<Value>(data).ok()?.pointer(path).cloned()).collect()
}

fn in_body(name: &str) -> Value {
    let text = String::from_utf8(recording(name)).unwrap();
    serde_json::from_str(text.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[tokio::test]
async fn streams_of_text() {
    for (name, reason, has_usage) in [
        ("chat_stream_usage", "stop", true),
        ("chat_stream_nousage", "stop", false),
        ("chat_stream_length", "length", true),
        ("chat_stream_stopseq", "stop", true),
        ("chat_stream_logprobs", "length", false),
        ("chat_stream_utf8", "stop", true),
        ("schema_stream", "stop", false),
    ] {
        let outcome = good(name).await;
        let message = outcome.message();
        let texts = in_events(name, "/choices/0/delta/content");
        let text: String = texts.iter().filter_map(Value::as_str).collect();
        assert_eq!(message.text(), text, "{name}");
        assert!(!text.is_empty());
        let metadata = message.response_metadata();
        assert_eq!(metadata["finish_reason"], json!(reason), "{name}");
        assert_eq!(
            (&metadata["model_name"], &metadata["system_fingerprint"]),
            (&json!("smollm2"), &json!("b0-unknown"))
        );
        assert_eq!(json!(message.id()), in_events(name, "/id")[0]);
        // A stream without usage: unknown, not zero.
        let usage = in_events(name, "/usage");
        assert_eq!(message.usage().is_some(), has_usage && !usage.is_empty(), "{name}");
        // Each token is a chunk, and no chunk but the last is empty.
        let tokens = texts.iter().filter(|text| text.as_str().is_some_and(|text| !text.is_empty())).count();
        assert_eq!(outcome.chunks.len(), tokens + 1, "{name}");
    }
}

#[tokio::test]
async fn usage_is_counted_with_its_details() {
    let message = good("chat_stream_usage").await.message();
    let usage = message.usage().unwrap();
    assert_eq!((usage.input_tokens, usage.output_tokens, usage.total_tokens), (36, 21, 57));
    assert_eq!(usage.input_token_details.as_ref().and_then(|details| details.cache_read), Some(35));
}

#[tokio::test]
async fn log_probabilities_are_kept() {
    let message = good("chat_stream_logprobs").await.message();
    let tokens = message.response_metadata()["logprobs"]["content"].as_array().unwrap().clone();
    let text: String = tokens.iter().map(|token| token["token"].as_str().unwrap()).collect();
    assert_eq!(text, message.text());
}

#[tokio::test]
async fn structured_output_is_text_that_parses() {
    for name in ["schema_stream", "schema_nonstream", "json_object_nonstream"] {
        let message = good(name).await.message();
        assert!(
            serde_json::from_str::<Value>(&message.text()).is_ok_and(|value| value.is_object()),
            "{name}: {message}"
        );
    }
}

#[tokio::test]
async fn a_tool_call_in_fragments() {
    let outcome = good("tool_stream_auto").await;
    let message = outcome.message();
    let args: String = in_events("tool_stream_auto", "/choices/0/delta/tool_calls/0/function/arguments")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let id = in_events("tool_stream_auto", "/choices/0/delta/tool_calls/0/id")[0].as_str().unwrap().to_owned();
    let want = ToolCall::new(id, "get_weather", serde_json::from_str(&args).unwrap());
    assert_eq!(message.tool_calls(), [want]);
    assert_eq!(message.response_metadata()["finish_reason"], json!("tool_calls"));
    let fragments: Vec<_> = outcome.chunks.iter().flat_map(MessageChunk::tool_call_chunks).collect();
    assert!(fragments.len() > 5 && fragments.iter().all(|fragment| fragment.index == Some(0)));
    assert!(fragments[1..].iter().all(|fragment| fragment.id.is_none() && fragment.name.is_none()));
}

#[tokio::test]
async fn two_tool_calls_in_one_reply() {
    let message = good("tool_stream_parallel").await.message();
    let calls: Vec<String> = message.tool_calls().iter().map(ToString::to_string).collect();
    assert_eq!(calls, [r#"get_weather({"city":"Paris","days":3})"#, r#"get_time({"tz":"JST"})"#]);
    let ids: Vec<&str> = message.tool_calls().iter().map(|call| call.id.as_str()).collect();
    assert_eq!(ids, ["9A4TZUAa4hdgPtne7PGaxMeSJyE8jUbi", "Htl2g9reC0Z3GRaCbJyk0S1m4vQxZWjx"]);
}

#[tokio::test]
async fn a_tool_call_truncated_by_the_token_limit_is_invalid() {
    let message = good("tool_stream_truncated_args").await.message();
    assert!(message.tool_calls().is_empty(), "half a call must never run");
    let call = &message.invalid_tool_calls()[0];
    assert_eq!((call.name.as_str(), call.args.as_str()), ("get_weather", "{\""));
    assert_eq!(message.response_metadata()["finish_reason"], json!("length"));
}

#[tokio::test]
async fn of_two_choices_that_interleave_the_first_is_the_message() {
    let message = good("chat_stream_n2").await.message();
    let text = String::from_utf8(recording("chat_stream_n2")).unwrap();
    let events = text.lines().filter_map(|line| serde_json::from_str::<Value>(line.strip_prefix("data: ")?).ok());
    let first: String = events
        .filter(|event| event["choices"][0]["index"] == 0)
        .filter_map(|event| Some(event["choices"][0]["delta"]["content"].as_str()?.to_owned()))
        .collect();
    assert_eq!(message.text(), first);
}

#[tokio::test]
async fn reasoning_comes_before_the_text_and_pings_before_both() {
    for name in ["reasoning_stream", "chat_stream_with_pings"] {
        let outcome = good(name).await;
        let said = |path| in_events(name, path).iter().filter_map(Value::as_str).collect::<String>();
        let streamed: String = outcome.chunks.iter().map(MessageChunk::reasoning).collect();
        assert_eq!(streamed, said("/choices/0/delta/reasoning_content"));
        assert!(!streamed.is_empty());
        let message = outcome.message();
        assert_eq!(message.text(), said("/choices/0/delta/content"));
        assert_eq!(message.blocks()[0], ContentBlock::reasoning(streamed));
    }
}

#[tokio::test]
async fn whole_answers() {
    for name in [
        "chat_nonstream",
        "tool_nonstream_auto",
        "tool_nonstream_parallel",
        "reasoning_nonstream",
        "err_chat_on_embedding_server",
    ] {
        let message = good(name).await.message();
        let body = in_body(name);
        let said = &body["choices"][0]["message"];
        assert_eq!(json!(message.text()), said["content"], "{name}");
        assert_eq!(json!(message.id()), body["id"]);
        assert_eq!(message.response_metadata()["finish_reason"], body["choices"][0]["finish_reason"]);
        let calls = said["tool_calls"].as_array().cloned().unwrap_or_default();
        let want: Vec<ToolCall> = calls
            .iter()
            .map(|call| {
                let args = serde_json::from_str(call["function"]["arguments"].as_str().unwrap()).unwrap();
                ToolCall::new(call["id"].as_str().unwrap(), call["function"]["name"].as_str().unwrap(), args)
            })
            .collect();
        assert_eq!(message.tool_calls(), want, "{name}");
        let total = body["usage"]["total_tokens"].as_u64();
        assert_eq!(message.usage().map(|usage: &Usage| usage.total_tokens), total);
    }
}

#[tokio::test]
async fn reasoning_is_a_block_of_its_own() {
    let message = good("reasoning_nonstream").await.message();
    let said = in_body("reasoning_nonstream")["choices"][0]["message"]["reasoning_content"].clone();
    let reasoning = message.blocks().iter().find_map(|block| match block {
        ContentBlock::Reasoning(block) => Some(block.reasoning.clone()),
        _ => None,
    });
    assert_eq!(json!(reasoning), said);
}

#[tokio::test]
async fn a_truncated_stream_is_an_error_at_any_position() {
    for name in ["chat_stream_usage", "tool_stream_auto", "schema_stream"] {
        let bytes = recording(name);
        let head = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
        let finish = String::from_utf8_lossy(&bytes).find("\"finish_reason\":\"").unwrap();
        let whole = play(Answer::whole(bytes.clone())).await;
        for cut in (head..bytes.len()).step_by(97) {
            let outcome = play(Answer::whole(&bytes[..cut])).await;
            if cut <= finish {
                assert!(
                    matches!(outcome.error, Some(ModelError::Truncated { .. })),
                    "{name} cut at {cut}: {outcome:?}"
                );
                let count = outcome.chunks.len();
                assert_eq!(outcome.chunks, whole.chunks[..count], "{name} cut at {cut}");
            } else {
                // After the finish reason at most the usage can be missing.
                let complete = outcome.error.is_none().then(|| outcome.message());
                let same = complete.is_none_or(|message| message.content() == whole.message().content());
                assert!(same, "{name} cut at {cut}");
            }
        }
    }
}

#[tokio::test]
async fn a_disconnect_that_was_recorded_and_a_reset_are_truncations() {
    let outcome = play(Answer::whole(recording("client_disconnect"))).await;
    assert!(matches!(outcome.error, Some(ModelError::Truncated { .. })), "{outcome:?}");
    assert!(outcome.message().text().starts_with("x is a mathematical constant"), "{}", outcome.message());
    let reset = Answer { reset: true, ..Answer::whole(recording("client_disconnect")) };
    let error = play(reset).await.error;
    assert!(matches!(error, Some(ModelError::Truncated { .. } | ModelError::Connection { .. })), "{error:?}");
}

#[tokio::test]
async fn every_recorded_error_is_classified() {
    for (name, status) in [
        ("err_401_bad", 401),
        ("err_404", 404),
        ("err_bad_json", 400),
        ("err_bad_response_format", 400),
        ("err_bad_role", 500),
        ("err_bad_schema", 400),
        ("err_bad_tool_choice", 400),
        ("err_context_overflow", 400),
        ("err_image_unsupported", 500),
        ("err_no_messages", 400),
    ] {
        let outcome = play(Answer::pieces(&recording(name), &[3])).await;
        let error = outcome.error.unwrap();
        let said = in_body(name)["error"].clone();
        let api = error.api().unwrap_or_else(|| panic!("{name}: {error:?}"));
        assert_eq!((json!(api.message), json!(api.kind)), (said["message"].clone(), said["type"].clone()), "{name}");
        assert_eq!(api.status, Some(status), "{name}");
        assert_eq!(api.code, Some(status.to_string()), "{name}: llama.cpp's codes are numbers");
        let right = match name {
            "err_401_bad" => matches!(error, ModelError::Authentication(_)),
            "err_context_overflow" => matches!(error, ModelError::ContextOverflow(_)),
            _ => matches!(error, ModelError::Api(_)),
        };
        assert!(right, "{name}: {error:?}");
        assert_eq!(error.is_retryable(), status == 500, "{name}");
    }
}
