//! OpenAI's Chat Completions protocol, as implemented by OpenAI and many others.
//!
//! Written against recordings of a llama.cpp server and OpenAI's published API; deviations of other servers are
//! supported too, see the tests in `tests/replay`.
mod builder;
mod client;
mod content;
mod decode;
mod failure;
mod request;
mod stream;
mod usage;
mod wire;

pub use builder::{DEFAULT_BASE_URL, DEFAULT_MODEL, MaxTokensField, OpenAiBuilder};
pub use client::OpenAi;
