//! Recorded and hand-made answers, played back over TCP, in pieces, and cut.
// Clippy sees `#[test]` functions as tests, and not the functions that they call.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]

mod deviations;
mod failures;
mod recordings;
mod retries;
mod secrets;
mod server;
