//! Chat models: the trait, prompts, errors, and two models that need no network.
//!
//! [`ScriptedModel`] plays a test's script; [`OfflineModel`] answers simple requests by rules, so that every example
//! runs without a key. Models over HTTP are in the crate `graph-models`.
mod api_error;
mod chat_model;
mod chat_model_ext;
mod error;
mod offline;
mod options;
mod prompt;
mod prompt_values;
mod remembered;
mod scripted;
mod structured;
mod tool_spec;

pub use api_error::ApiError;
pub use chat_model::{ChatModel, ChunkStream, collect};
pub use chat_model_ext::{ChatModelExt, ModelCall, ModelInfo, Reply};
pub use error::{ModelError, TimedOut};
pub use offline::OfflineModel;
pub use options::{ModelOptions, ResponseFormat, ToolChoice};
pub use prompt::Prompt;
pub use prompt_values::{PromptDebug, PromptMessages, PromptText};
pub use scripted::{ScriptedModel, Turn};
pub use structured::{PartialValue, Structured, StructuredMode, StructuredOutput, StructuredReply};
pub use tool_spec::{Strict, ToolSpec};
