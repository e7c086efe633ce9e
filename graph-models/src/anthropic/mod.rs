//! Anthropic's Messages protocol.
//!
//! ```
//! use graph_models::Anthropic;
//!
//! let model = Anthropic::builder().api_key("sk-ant-..").thinking(2048).prompt_caching(true).build()?;
//! # Ok::<(), graph_core::model::ModelError>(())
//! ```
//!
//! **Thinking** is a reasoning block of the message, with its signature; redacted thinking is a block that only Anthropic
//! can read. Both are sent back unchanged, and left out for a message of another provider.
//!
//! **Prompt caching**: [`prompt_caching`](AnthropicBuilder::prompt_caching) marks the system prompt and the end of the
//! conversation. A mark of your own is the key `cache_control`: among the further keys of a content block, or in the
//! `additional_kwargs` of a message, where it marks the last block.
//!
//! **Finish reasons** are in OpenAI's words: `stop`, `length`, `tool_calls`; and `refusal`, and `pause` for a turn that
//! is to be sent back as it is. Anthropic's own word is in the metadata, as `native_finish_reason`.
//!
//! The protocol has no seed, which is not sent, and no JSON without a schema, which is an error.
mod builder;
mod client;
mod content;
mod count;
mod decode;
mod request;
mod usage;
mod wire;

pub use builder::{AnthropicBuilder, DEFAULT_BASE_URL, DEFAULT_MAX_TOKENS, DEFAULT_MODEL, DEFAULT_VERSION};
pub use client::Anthropic;
#[cfg(test)]
pub(crate) use decode::Decoder;
