//! Ollama's own API: `/api/chat`, which knows the context length and thinking, as its OpenAI route does not.
//!
//! ```
//! use graph_models::Ollama;
//!
//! let model = Ollama::builder().model("qwen3").num_ctx(8192).think(true).build()?;
//! # Ok::<(), graph_core::model::ModelError>(())
//! ```
//!
//! Ollama has no choice of tools: for [`ToolChoice::None`](graph_core::model::ToolChoice::None) no tools are sent, for
//! one tool only that one, and a demand for any call is not sent. Images go in base64.
mod builder;
mod client;
mod decode;
mod embed;
mod request;
mod wire;

pub use builder::{DEFAULT_BASE_URL, DEFAULT_EMBEDDING_MODEL, DEFAULT_MODEL, OllamaBuilder};
pub use client::Ollama;
