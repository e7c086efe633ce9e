//! OpenAI's Responses protocol.
//!
//! ```
//! use graph_models::OpenAiResponses;
//!
//! let model = OpenAiResponses::builder().api_key("sk-..").model("gpt-5").reasoning_effort("low").build()?;
//! # Ok::<(), graph_core::model::ModelError>(())
//! ```
//!
//! The conversation is sent whole with each request, and nothing is stored at the provider, unless
//! [`store`](OpenAiResponsesBuilder::store) says so. A **reasoning** item is a reasoning block of the message, with its id
//! and encrypted content among the further keys; it goes back in its place between texts and calls, and is left out for
//! a message of another provider. Items of the provider's own tools are blocks that go back as they are.
//!
//! The protocol has no stop texts, so that a prompt with one is an error; a seed is not sent.
mod builder;
mod client;
mod decode;
mod input;
mod open_calls;
mod request;
mod usage;
mod wire;

pub use builder::OpenAiResponsesBuilder;
pub use client::OpenAiResponses;
#[cfg(test)]
pub(crate) use decode::Decoder;
