//! The roles of messages.
use std::fmt;
use std::str::FromStr;

/// The role of a [`Message`](super::Message); [`Role::Remove`] marks a message to delete.
///
/// ```
/// use graph_core::message::Role;
/// assert_eq!("human".parse(), Ok(Role::User));
/// assert_eq!("assistant".parse(), Ok(Role::Assistant));
/// assert_eq!(Role::Assistant.type_name(), "ai");
/// assert!("robot".parse::<Role>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// Instructions to the model.
    System,
    /// The user, a person or a program.
    User,
    /// The model.
    Assistant,
    /// The result of a tool call.
    Tool,
    /// Deletes the message with the same id, see [`AddMessages`](super::AddMessages).
    Remove,
}

impl Role {
    /// The name used in prose and in OpenAI's API: `system`, `user`, `assistant`, `tool`, `remove`.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::System => "system",
            Role::User => "user",
            Role::Assistant => "assistant",
            Role::Tool => "tool",
            Role::Remove => "remove",
        }
    }

    /// The `type` of LangChain's message JSON: `system`, `human`, `ai`, `tool`, `remove`.
    pub fn type_name(self) -> &'static str {
        match self {
            Role::User => "human",
            Role::Assistant => "ai",
            other => other.as_str(),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An unknown `type` or `role`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown message type or role `{0}`, expected `human`/`user`, `ai`/`assistant`, `system`/`developer`, `tool` or `remove`"
)]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;

    /// Accepts LangChain's `type`s (also those of its chunk classes) and the roles of chat APIs.
    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        match name {
            "system" | "developer" | "SystemMessage" | "SystemMessageChunk" => Ok(Role::System),
            "user" | "human" | "HumanMessage" | "HumanMessageChunk" => Ok(Role::User),
            "assistant" | "ai" | "AIMessage" | "AIMessageChunk" => Ok(Role::Assistant),
            "tool" | "ToolMessage" | "ToolMessageChunk" => Ok(Role::Tool),
            "remove" | "RemoveMessage" => Ok(Role::Remove),
            other => Err(UnknownRole(other.to_owned())),
        }
    }
}
