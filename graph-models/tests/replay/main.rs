//! Recorded and hand-made responses, replayed over TCP, in chunks, and truncated.
// Clippy recognises `#[test]` functions as tests, but not their helpers.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

mod anthropic;
mod deviations;
mod failures;
mod gemini;
mod graph;
mod malformed;
mod ollama;
mod providers;
mod recordings;
mod responses;
mod retries;
mod scenarios;
mod secrets;
mod server;
