//! Messages, their content blocks, chunks, and the reducer that merges them.
//!
//! A [`Message`] is one pointer and cheap to clone. A node writes [`Messages`], and [`AddMessages`] folds them into the
//! state. A [`MessageChunk`] is a chunk of a streamed reply; [`MessageAccumulator`] assembles the message. The JSON
//! form is LangChain's, so that clients of the Agent Server protocol can read it.
mod accumulate;
mod add_messages;
mod assemble;
mod block;
mod build;
mod chunk;
mod chunk_json;
mod content;
mod deserialize;
mod display;
mod foreign;
mod list;
mod partial_json;
mod parts;
mod role;
mod serialize;
mod single;
mod state;
mod tool_call;
mod tool_call_chunk;
mod usage;
mod whole;

pub use accumulate::MessageAccumulator;
pub use add_messages::AddMessages;
pub use assemble::{AssembledCall, ToolCallAssembler};
pub use block::{ContentBlock, FileBlock, ImageBlock, MediaSource, ReasoningBlock, TextBlock};
pub use chunk::MessageChunk;
pub use content::Content;
pub use list::Messages;
pub use partial_json::parse_partial_json;
pub use role::{Role, UnknownRole};
pub use single::Message;
pub use state::{MessagesState, MessagesStateInput, MessagesStateUpdate, MessagesStateWrite, NewMessages};
pub use tool_call::{InvalidToolCall, ToolCall, ToolStatus};
pub use tool_call_chunk::ToolCallChunk;
pub use usage::{InputTokenDetails, OutputTokenDetails, Usage};

#[cfg(test)]
mod json_tests;
