//! Chat models over HTTP for `graph-core`.
//!
//! [`OpenAi`] is a client of OpenAI's Chat Completions protocol, which most other providers and local servers
//! implement. [`from_env`] chooses a model by environment variables, and the built-in offline model if none is set.
mod base64;
mod endpoint;
mod env;
pub mod openai;
mod redact;
mod retry;
pub mod sse;
mod tls;

pub use env::from_env;
pub use openai::{OpenAi, OpenAiBuilder};
