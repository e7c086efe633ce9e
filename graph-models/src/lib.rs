//! Chat models over HTTP for `graph-core`.
//!
//! [`OpenAi`] speaks OpenAI's Chat Completions protocol, which most other providers and local servers speak too.
//! [`from_env`] picks a model by the environment, and the built-in offline model when nothing is set.
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
