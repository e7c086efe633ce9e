//! OpenAI's Chat Completions protocol, as implemented by OpenAI and many others.
//!
//! Written against recordings of a llama.cpp server and OpenAI's published API; deviations of other servers are
//! supported too, see the tests in `tests/replay`. What a server needs in requests is data: [`Quirks`], which are known
//! for the hosts in [`SERVERS`] and may be set for others.
//!
//! ```
//! use graph_models::OpenAi;
//!
//! let local = OpenAi::builder().base_url("http://127.0.0.1:8080/v1").model("smollm2").build()?;
//! let other = OpenAi::builder().base_url("https://api.deepseek.com/v1").api_key("sk-..").model("deepseek-chat").build()?;
//! # Ok::<(), graph_core::model::ModelError>(())
//! ```
mod builder;
mod client;
mod content;
mod decode;
mod embed;
mod quirks;
mod request;
pub mod responses;
mod servers;
mod usage;
mod wire;

pub use builder::{DEFAULT_BASE_URL, DEFAULT_EMBEDDING_MODEL, DEFAULT_MODEL, OpenAiBuilder};
pub use client::OpenAi;
#[cfg(test)]
pub(crate) use decode::Decoder;
pub use quirks::{MaxTokensField, Quirks};
pub use servers::{SERVERS, Server};
