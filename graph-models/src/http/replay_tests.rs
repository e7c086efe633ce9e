//! Every recording of a stream, decoded from every division of its bytes. `tests/replay` has the same over TCP, where
//! the bytes may be divided anew.
use std::collections::VecDeque;
use std::future::poll_fn;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use graph_core::message::{Message, MessageAccumulator, MessageChunk};
use graph_core::model::ModelError;
use tokio::time::Instant;

use super::decode::Decode;
use super::failure;
use super::framing::Framing;
use super::limits::Limits;
use super::reply::Reply;

/// A body that arrives in these pieces.
struct Pieces(VecDeque<Bytes>);

impl Stream for Pieces {
    type Item = reqwest::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

/// What a reply was: its chunks, and its error.
pub(crate) type Outcome = (Vec<MessageChunk>, Option<ModelError>);

/// Decodes a body that arrives in these pieces.
pub(crate) async fn decode<D: Decode>(pieces: &[&[u8]], framing: Framing, decoder: D) -> Outcome {
    let body = Pieces(pieces.iter().map(|piece| Bytes::copy_from_slice(piece)).collect());
    let (first_token, idle) = (Duration::from_mins(1), Duration::from_mins(1));
    let first_token_deadline = Instant::now() + first_token;
    let limits = Limits { endpoint: "test".to_owned(), first_token, first_token_deadline, idle, total: None };
    let mut reply = Reply::streamed(Box::pin(body), framing, decoder, limits, failure::Context::default());
    let mut chunks = Vec::new();
    loop {
        match poll_fn(|cx| Pin::new(&mut reply).poll_next(cx)).await {
            Some(Ok(chunk)) => chunks.push(chunk),
            Some(Err(error)) => return (chunks, Some(error)),
            None => return (chunks, None),
        }
    }
}

pub(crate) fn message(chunks: &[MessageChunk]) -> Message {
    let mut reply = MessageAccumulator::new();
    chunks.iter().for_each(|chunk| reply.push(chunk));
    reply.finish()
}

/// The body of a recording, without its chunk framing.
pub(crate) fn body(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/recordings/{name}.raw"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let (head, mut rest) = (String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase(), &bytes[end + 4..]);
    if !head.contains("transfer-encoding: chunked") {
        return rest.to_vec();
    }
    let mut body = Vec::new();
    while let Some(line) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).unwrap().trim(), 16).unwrap();
        let start = line + 2;
        let end = (start + size).min(rest.len());
        body.extend_from_slice(&rest[start..end]);
        rest = rest.get(end + 2..).unwrap_or_default();
    }
    body
}

/// Decodes a recording in chunks of 1, 7 and 1,000 bytes, divided in two at every byte if it is short, and cut off at
/// every byte: the same chunks, or an error, and never a short reply that passes for a whole one. `complete` is in the
/// text from which on the reply is complete.
pub(crate) async fn in_all_divisions<D: Decode>(name: &str, complete: &str, framing: Framing, decoder: impl Fn() -> D) {
    let body = body(name);
    let whole = decode(&[&body], framing, decoder()).await;
    assert_eq!(whole.1, None, "{name}");
    for size in [1, 7, 1000] {
        let pieces: Vec<&[u8]> = body.chunks(size).collect();
        assert_eq!(decode(&pieces, framing, decoder()).await, whole, "{name} in chunks of {size}");
    }
    let step = if body.len() <= 3000 { 1 } else { 37 };
    let complete = String::from_utf8_lossy(&body).find(complete).unwrap_or_else(|| panic!("{name}"));
    for cut in (0..body.len()).step_by(step) {
        let (left, right) = body.split_at(cut);
        assert_eq!(decode(&[left, right], framing, decoder()).await, whole, "{name} divided at {cut}");
        let (chunks, error) = decode(&[left], framing, decoder()).await;
        match error {
            Some(ModelError::Truncated { .. }) => {
                let said: Vec<_> = chunks.iter().filter(|chunk| !chunk.is_silent()).collect();
                let all: Vec<_> = whole.0.iter().filter(|chunk| !chunk.is_silent()).collect();
                assert_eq!(said, all[..said.len()], "{name} cut at {cut}");
            }
            Some(other) => panic!("{name} cut at {cut}: {other:?}"),
            None => {
                assert!(cut > complete, "{name} cut at {cut} passes for complete");
                let (got, want) = (message(&chunks), message(&whole.0));
                assert_eq!((got.content(), got.tool_calls()), (want.content(), want.tool_calls()));
            }
        }
    }
}

#[cfg(feature = "openai")]
#[tokio::test]
async fn recordings_of_chat_completions() {
    for name in [
        "chat_stream_length",
        "chat_stream_logprobs",
        "chat_stream_n2",
        "chat_stream_nousage",
        "chat_stream_stopseq",
        "chat_stream_usage",
        "chat_stream_utf8",
        "chat_stream_with_pings",
        "reasoning_stream",
        "schema_stream",
        "tool_stream_auto",
        "tool_stream_parallel",
        "tool_stream_truncated_args",
    ] {
        in_all_divisions(name, "\"finish_reason\":\"", Framing::Sse, crate::openai::Decoder::default).await;
    }
}

#[cfg(feature = "anthropic")]
#[tokio::test]
async fn recordings_of_messages() {
    for name in [
        "anthropic_stream_maxtok",
        "anthropic_stream_text",
        "anthropic_stream_thinking",
        "anthropic_stream_tools",
        "anthropic_stream_truncated_args",
    ] {
        in_all_divisions(name, "{\"type\":\"message_stop", Framing::Sse, crate::anthropic::Decoder::default).await;
    }
}

#[cfg(feature = "openai")]
#[tokio::test]
async fn recordings_of_responses() {
    let decoder = || crate::openai::responses::Decoder::new(None);
    for name in
        ["responses_stream_maxtok", "responses_stream_reasoning", "responses_stream_text", "responses_stream_tools"]
    {
        in_all_divisions(name, "{\"type\":\"response.completed", Framing::Sse, decoder).await;
    }
}
