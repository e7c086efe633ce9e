//! Recorded and hand-made responses, replayed over TCP, in chunks, and truncated.
// Clippy recognises `#[test]` functions as tests, but not their helpers.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

mod deviations;
mod failures;
mod recordings;
mod retries;
mod secrets;
mod server;
