//! Chat models: the trait, what they are asked, what can go wrong, and two that need no network.
//!
//! [`ScriptedModel`] plays what a test wrote down; [`OfflineModel`] answers simple requests by rules, so that every
//! example runs without a key. Models over HTTP are in the crate `graph-models`.
mod api_error;
mod chat_model;
mod error;
mod listen;
mod offline;
mod options;
mod prompt;
mod scripted;
mod tool_spec;

pub use api_error::ApiError;
pub use chat_model::{ChatModel, ChunkStream, collect};
pub use error::{ModelError, TimedOut};
pub use listen::{ChatModelExt, ModelInfo, Reply};
pub use offline::OfflineModel;
pub use options::{ModelOptions, ResponseFormat, ToolChoice};
pub use prompt::Prompt;
pub use scripted::{ScriptedModel, Turn};
pub use tool_spec::ToolSpec;
