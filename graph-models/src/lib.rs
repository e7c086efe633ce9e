//! Chat models over HTTP for `graph-core`.
//!
//! [`model`] finds one by its name, such as `anthropic:claude-sonnet-4-5`; [`from_env`] chooses one by environment
//! variables, and the built-in offline model if none is set. Each client has a builder with all settings.
//!
//! | feature | client | protocol |
//! | --- | --- | --- |
//! | `anthropic` | [`Anthropic`] | Anthropic's Messages |
//! | `gemini` | [`Gemini`] | Google's Gemini API |
//! | `ollama` | [`Ollama`] | Ollama's own API |
//! | `openai` | [`OpenAi`] | OpenAI's Chat Completions, which most other providers and local servers implement |
//! | `openai` | [`OpenAiResponses`] | OpenAI's Responses |
#[cfg(feature = "anthropic")]
pub mod anthropic;
#[cfg(any(feature = "anthropic", feature = "gemini", feature = "ollama", feature = "openai"))]
mod decimal;
#[cfg(any(feature = "gemini", feature = "ollama", feature = "openai"))]
mod embedding;
mod env;
#[cfg(feature = "gemini")]
pub mod gemini;
#[cfg(any(feature = "anthropic", feature = "gemini", feature = "ollama", feature = "openai"))]
mod history;
#[cfg(any(feature = "anthropic", feature = "gemini", feature = "ollama", feature = "openai"))]
mod http;
#[cfg(any(feature = "anthropic", feature = "gemini", feature = "ollama", feature = "openai"))]
mod ndjson;
#[cfg(feature = "ollama")]
pub mod ollama;
#[cfg(feature = "openai")]
pub mod openai;
mod registry;
#[cfg(any(feature = "anthropic", feature = "gemini", feature = "ollama", feature = "openai"))]
mod schema;
pub mod sse;

#[cfg(feature = "anthropic")]
pub use anthropic::{Anthropic, AnthropicBuilder};
pub use env::from_env;
#[cfg(feature = "gemini")]
pub use gemini::{Gemini, GeminiBuilder};
#[cfg(feature = "ollama")]
pub use ollama::{Ollama, OllamaBuilder};
#[cfg(feature = "openai")]
pub use openai::responses::{OpenAiResponses, OpenAiResponsesBuilder};
#[cfg(feature = "openai")]
pub use openai::{OpenAi, OpenAiBuilder};
pub use registry::{ModelNameError, model};
