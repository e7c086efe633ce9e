//! Recorded and hand-made answers, played back over TCP, in pieces, and cut.
#![allow(missing_docs, unreachable_pub)]

mod deviations;
mod failures;
mod recordings;
mod retries;
mod secrets;
mod server;
