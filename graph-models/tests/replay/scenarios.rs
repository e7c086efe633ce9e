//! What every provider's client does, in the words of each.
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use graph_core::message::MessageChunk;
use graph_core::model::{ModelError, Prompt, TimedOut};
use serde_json::json;

use super::providers::{ALL, CallOf, Cause, KEY, Options, Provider, Reason};
use super::server::{Answer, Outcome, Server, call};

async fn play(provider: &Provider, answer: Answer) -> Outcome {
    play_with(provider, answer, Options::default()).await
}

async fn play_with(provider: &Provider, answer: Answer, options: Options) -> Outcome {
    let server = Server::start(vec![answer]).await;
    call(&(provider.client)(&server, options)).await
}

/// The chunks under one id: some servers give none, and each reply gets its own.
fn without_id(chunks: &[MessageChunk]) -> Vec<MessageChunk> {
    chunks.iter().cloned().map(|chunk| chunk.with_id("x")).collect()
}

const PIECES: &[&str] = &["Hel", "lo, ", "caf\u{e9} \u{1f600}", "\"}{\n"];
const CALLS: &[CallOf] = &[("a", "f", &["{\"x\":", "1}"]), ("b", "g", &[]), ("c", "f", &["{\"x\":\"\u{e9}\"}"])];

#[tokio::test]
async fn text_in_any_chunking() {
    for provider in ALL {
        let events = (provider.text)(PIECES, Reason::Stop);
        let whole = play(provider, provider.answer(&events)).await;
        let message = whole.good();
        assert_eq!(message.text(), PIECES.concat(), "{}", provider.name);
        let texts: Vec<&str> = whole.chunks.iter().map(MessageChunk::text).filter(|text| !text.is_empty()).collect();
        assert_eq!(texts, PIECES, "{}", provider.name);
        let metadata = message.response_metadata();
        assert_eq!((&metadata["finish_reason"], &metadata["model_name"]), (&json!("stop"), &json!("m")));
        assert_eq!(metadata["model_provider"], json!(provider.name.split('-').next().unwrap()));
        let usage = message.usage().unwrap();
        assert_eq!((usage.input_tokens, usage.output_tokens, usage.total_tokens), (7, 5, 12), "{}", provider.name);
        assert_eq!(serde_json::to_value(message.content()).unwrap(), json!(PIECES.concat()));
        let bytes = format!("{}{}", provider.head, events.concat());
        for size in [1, 7, 1000] {
            let outcome = play(provider, Answer::pieces(bytes.as_bytes(), &[size])).await;
            outcome.good();
            assert_eq!(without_id(&outcome.chunks), without_id(&whole.chunks), "{}", provider.name);
        }
    }
}

#[tokio::test]
async fn calls_of_tools_one_and_several() {
    for provider in ALL {
        for count in [1, CALLS.len()] {
            let outcome = play(provider, provider.answer(&(provider.calls)(&CALLS[..count]))).await;
            let message = outcome.good();
            let shown: Vec<String> = message.tool_calls().iter().map(ToString::to_string).collect();
            let want = [r#"f({"x":1})"#, "g({})", "f({\"x\":\"\u{e9}\"})"];
            assert_eq!(shown, want[..count], "{}", provider.name);
            let ids: Vec<&str> = message.tool_calls().iter().map(|call| call.id.as_str()).collect();
            assert_eq!(ids, ["a", "b", "c"][..count], "{}", provider.name);
            assert_eq!(message.response_metadata()["finish_reason"], json!("tool_calls"), "{}", provider.name);
            let fragments: Vec<_> = outcome.chunks.iter().flat_map(MessageChunk::tool_call_chunks).collect();
            assert!(fragments.iter().is_sorted_by_key(|fragment| fragment.index), "{}: {fragments:?}", provider.name);
            assert_eq!(fragments.iter().filter(|fragment| fragment.id.is_some()).count(), count);
        }
    }
}

#[tokio::test]
async fn a_reply_that_is_not_streamed() {
    for provider in ALL {
        let answer = Answer::status("200 OK", "", "application/json; charset=utf-8", &(provider.whole)("hello"));
        let message = play(provider, answer).await.good();
        assert_eq!(
            (message.text().as_str(), message.usage().unwrap().total_tokens),
            ("hello", 12),
            "{}",
            provider.name
        );
    }
}

#[tokio::test]
async fn the_token_limit_is_a_finish_reason() {
    for provider in ALL {
        let message = play(provider, provider.answer(&(provider.text)(&["a"], Reason::Length))).await.good();
        assert_eq!(message.response_metadata()["finish_reason"], json!("length"), "{}", provider.name);
    }
}

/// At every byte: an error, or the whole message. A provider may complete a message before the last event.
#[tokio::test]
async fn a_stream_that_is_cut_is_never_a_short_reply() {
    for provider in ALL {
        for events in [(provider.text)(PIECES, Reason::Stop), (provider.calls)(CALLS)] {
            let body = events.concat();
            let whole = play(provider, provider.answer(&events)).await;
            for cut in (0..body.len()).step_by(43) {
                let mut bytes = provider.head.as_bytes().to_vec();
                bytes.extend_from_slice(&body.as_bytes()[..cut]);
                let outcome = play(provider, Answer::whole(bytes)).await;
                match &outcome.error {
                    Some(ModelError::Truncated { .. }) => {
                        let silent = |chunk: &&MessageChunk| !chunk.is_silent();
                        let (said, all) = (without_id(&outcome.chunks), without_id(&whole.chunks));
                        let said: Vec<_> = said.iter().filter(silent).collect();
                        let all: Vec<_> = all.iter().filter(silent).collect();
                        assert_eq!(said, all[..said.len()], "{} cut at {cut}", provider.name);
                    }
                    Some(other) => panic!("{} cut at {cut}: {other:?}", provider.name),
                    None => {
                        let (got, want) = (outcome.good(), whole.good());
                        assert_eq!((got.content(), got.tool_calls()), (want.content(), want.tool_calls()));
                        assert!(got.invalid_tool_calls().is_empty(), "{} cut at {cut}", provider.name);
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn a_reset_in_mid_call_executes_nothing() {
    for provider in ALL {
        let mut events = (provider.calls)(&[("a", "f", &["{\"x\":", "1, \"y\":", "2}"])]);
        events.truncate(events.iter().position(|event| event.contains('y')).unwrap());
        let outcome = play(provider, Answer { reset: true, ..provider.answer(&events) }).await;
        let error = outcome.error.unwrap();
        assert!(
            matches!(error, ModelError::Truncated { .. } | ModelError::Connection { .. }),
            "{}: {error:?}",
            provider.name
        );
        assert!(outcome.chunks.iter().all(|chunk| !chunk.is_last()), "{}", provider.name);
    }
}

fn cause(error: &ModelError) -> Cause {
    match error {
        ModelError::Authentication(_) => Cause::Authentication,
        ModelError::RateLimit(_) => Cause::RateLimit,
        ModelError::QuotaExhausted(_) => Cause::Quota,
        ModelError::ContextOverflow(_) => Cause::Context,
        ModelError::ContentFilter(_) => Cause::Filter,
        ModelError::Overloaded(_) => Cause::Overload,
        ModelError::Api(_) => Cause::Other,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn errors_are_typed_by_their_cause() {
    for provider in ALL {
        for (want, status, body) in provider.errors {
            let answer = Answer::status(&format!("{status} X"), "x-request-id: req_1\r\n", "application/json", body);
            let error = play(provider, answer).await.error.unwrap();
            assert_eq!(cause(&error), *want, "{}: {body}: {error:?}", provider.name);
            let api = error.api().unwrap();
            assert_eq!((api.status, api.request_id.as_deref()), (Some(*status), Some("req_1")), "{}", provider.name);
            assert_eq!(api.body.as_deref(), Some(*body), "the raw body is kept");
            let retryable = matches!(want, Cause::RateLimit | Cause::Overload);
            assert_eq!(error.is_retryable(), retryable, "{}: {error:?}", provider.name);
        }
    }
}

/// The number of requests, and the outcome.
async fn retried(provider: &Provider, answers: Vec<Answer>, options: Options) -> (usize, Outcome) {
    let server = Server::start(answers).await;
    let outcome = call(&(provider.client)(&server, options)).await;
    (server.requests().len(), outcome)
}

#[tokio::test]
async fn retries_honour_the_wait_that_the_server_asks_for() {
    for provider in ALL {
        let options = Options { retries: 2, ..Options::default() };
        for (status, retried_at_all) in [("429 X", true), ("503 X", true), ("400 X", false), ("401 X", false)] {
            let busy = Answer::status(status, "retry-after: 0.2\r\n", "application/json", "{}");
            let start = Instant::now();
            let (count, outcome) = retried(provider, vec![busy, provider.good("fine")], options).await;
            assert_eq!(count, 1 + usize::from(retried_at_all), "{} {status}", provider.name);
            assert_eq!(outcome.error.is_none(), retried_at_all, "{} {status}", provider.name);
            assert!(!retried_at_all || start.elapsed() >= Duration::from_millis(200), "{}", provider.name);
        }
    }
}

#[tokio::test]
async fn an_error_event_is_retried_before_the_first_token_and_never_after() {
    for provider in ALL {
        let options = Options { retries: 1, ..Options::default() };
        let before = provider.answer(&[provider.overloaded.to_owned()]);
        let (count, outcome) = retried(provider, vec![before, provider.good("fine")], options).await;
        assert_eq!((count, outcome.good().text().as_str()), (2, "fine"), "{}", provider.name);

        let mut events = provider.begun("a");
        events.push(provider.overloaded.to_owned());
        let (count, outcome) = retried(provider, vec![provider.answer(&events), provider.good("fine")], options).await;
        let error = outcome.error.clone().unwrap();
        assert_eq!((count, cause(&error), error.is_retryable()), (1, Cause::Overload, true), "{}", provider.name);
        assert_eq!(outcome.message().text(), "a");
    }
}

#[tokio::test]
async fn an_unparsable_event_is_an_error_and_never_dropped() {
    for provider in ALL {
        for bad in [provider.unparsable.to_owned(), provider.unparsable.replace('}', "")] {
            let mut events = (provider.text)(&["a", "b"], Reason::Stop);
            let middle = events.iter().position(|event| event.contains("\"b\"")).unwrap();
            events.insert(middle, bad);
            let outcome = play(provider, provider.answer(&events)).await;
            let error = outcome.error.clone().unwrap();
            assert!(matches!(error, ModelError::BadResponse { .. }), "{}: {error:?}", provider.name);
            assert_eq!(outcome.message().text(), "a", "{}", provider.name);
        }
    }
}

#[tokio::test]
async fn limits_for_the_first_token_the_next_and_the_whole() {
    let short = Duration::from_millis(200);
    for provider in ALL {
        let begun = provider.answer(&provider.begun("a"));
        let mut lively = Answer::whole(provider.head);
        lively.pieces.extend(std::iter::repeat_n((Duration::from_millis(30), provider.ping.into()), 1000));
        let mut chatty = begun.clone();
        chatty.pieces.extend(std::iter::repeat_n((Duration::from_millis(30), provider.ping.into()), 1000));
        let all = Options::default();
        for (answer, options, want) in [
            (lively, Options { first_token: short, ..all }, TimedOut::FirstToken),
            (Answer::default().then_hang(), Options { first_token: short, ..all }, TimedOut::FirstToken),
            (begun.clone().then_hang(), Options { idle: short, ..all }, TimedOut::NextToken),
            (chatty, Options { idle: short, total: Some(short * 2), ..all }, TimedOut::Total),
            (Answer::default().then_hang(), Options { total: Some(short), retries: 5, ..all }, TimedOut::Total),
        ] {
            let start = Instant::now();
            let outcome = play_with(provider, answer, options).await;
            let Some(ModelError::Timeout { what, .. }) = outcome.error else {
                panic!("{} {want:?}: {outcome:?}", provider.name)
            };
            assert_eq!(what, want, "{}", provider.name);
            assert!(start.elapsed() < Duration::from_secs(5), "{} {want:?}", provider.name);
        }
    }
}

#[tokio::test]
async fn dropping_the_reply_or_its_request_closes_the_connection() {
    for provider in ALL {
        for answer in [provider.answer(&provider.begun("a")).then_hang(), Answer::default().then_hang()] {
            let server = Server::start(vec![answer]).await;
            let client = (provider.client)(&server, Options::default());
            let reply = tokio::time::timeout(Duration::from_millis(300), client.generate(Prompt::new("hi"))).await;
            if let Ok(reply) = reply {
                let mut chunks = reply.unwrap();
                assert_eq!(chunks.next().await.unwrap().unwrap().text(), "a");
            }
            let start = Instant::now();
            while *server.hung_up.lock().unwrap() == 0 {
                assert!(start.elapsed() < Duration::from_secs(5), "{}: the connection is open", provider.name);
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
}

#[tokio::test]
async fn the_usage_of_a_broken_reply_is_reported_as_far_as_it_is_known() {
    for provider in ALL {
        let mut events = (provider.text)(&["a"], Reason::Stop);
        let last = events.len() - 1;
        events[last] = provider.overloaded.to_owned();
        let outcome = play(provider, provider.answer(&events)).await;
        assert!(outcome.error.is_some(), "{}", provider.name);
        let usage = outcome.message().usage().cloned();
        // The others tell it in their last event.
        let tells_it_before = ["openai", "anthropic", "gemini"].contains(&provider.name);
        assert_eq!(usage.is_some(), tells_it_before, "{}", provider.name);
        assert!(usage.is_none_or(|usage| usage.input_tokens == 7 && usage.output_tokens > 0), "{}", provider.name);
        let outcome = play(provider, provider.answer(&provider.begun("a"))).await;
        assert_eq!(outcome.message().usage().filter(|usage| usage.output_tokens == 0), None, "unknown is not zero");
    }
}

#[tokio::test]
async fn keys_are_sent_and_not_shown() {
    for provider in ALL {
        let echo = format!(r#"{{"error":{{"message":"bad key {KEY}","type":"authentication_error"}}}}"#);
        let garbled = provider.unparsable.replace('}', &format!("\"{KEY}\""));
        for answer in [Answer::status("401 No", "", "application/json", &echo), provider.answer(&[garbled])] {
            let server = Server::start(vec![answer]).await;
            let client = (provider.client)(&server, Options::default());
            let error = call(&client).await.error.unwrap();
            assert!(!format!("{error} {error:?}").contains(KEY), "{}: {error:?}", provider.name);
            assert!(server.requests()[0].contains(KEY), "{}", provider.name);
        }
    }
}
