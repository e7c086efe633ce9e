//! What all clients share: connections, credentials, retries, time limits, and the response as a stream of chunks.
// Not every protocol needs all of it.
#![cfg_attr(
    not(all(feature = "anthropic", feature = "gemini", feature = "ollama", feature = "openai")),
    allow(dead_code, unused_imports)
)]
mod base64;
mod build;
mod calls;
mod client;
mod decode;
mod endpoint;
mod failure;
mod framing;
mod limits;
mod read;
mod redact;
mod reply;
mod retry;
mod settings;
mod tls;

pub(crate) use calls::{Calls, arguments};
pub(crate) use client::{Auth, Call, Http};
pub(crate) use decode::{Decode, Fault, Head, Progress, object};
pub(crate) use framing::Framing;
pub(crate) use settings::{Settings, settings_methods};

#[cfg(test)]
mod replay_tests;
