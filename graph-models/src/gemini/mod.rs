//! Google's Gemini API.
//!
//! ```
//! use graph_models::Gemini;
//!
//! let model = Gemini::builder().api_key("..").model("gemini-2.5-flash").include_thoughts(true).build()?;
//! # Ok::<(), graph_core::model::ModelError>(())
//! ```
//!
//! **Thought signatures** belong to a thought, a call or the text: that of a thought is the signature of its reasoning
//! block, the others are in the message's `additional_kwargs`. They are sent back with what they belong to, and left out
//! for a message of another provider.
//!
//! The protocol has no mark for the end of a stream: a reply is complete when a finish reason has arrived. A prompt that
//! is blocked is [`ModelError::ContentFilter`](graph_core::model::ModelError::ContentFilter).
mod builder;
mod client;
mod content;
mod count;
mod decode;
mod embed;
mod request;
mod usage;
mod wire;

pub use builder::{DEFAULT_BASE_URL, DEFAULT_EMBEDDING_MODEL, DEFAULT_MODEL, GeminiBuilder};
pub use client::Gemini;

/// The name of the provider.
const PROVIDER: &str = "gemini";

/// Where the signatures of calls, and of the text, are among the `additional_kwargs` of a message: an object with the
/// ids of the calls, and [`OF_TEXT`], as its keys.
const SIGNATURES: &str = "gemini_thought_signatures";

/// The key of the text's signature.
const OF_TEXT: &str = "text";

/// The beginning of the ids that the client makes up; the server does not know them.
const MADE_UP: &str = "gemini-call-";
