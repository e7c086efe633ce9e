//! Errors of tools.

use std::fmt;
use std::time::Duration;

use crate::node::NodeError;

/// Why a call has no result. The text goes back to the model, in a tool message.
#[derive(Debug)]
#[non_exhaustive]
pub enum ToolError {
    /// The arguments do not fit the parameters.
    Arguments {
        /// What is wrong with which argument.
        problems: Vec<String>,
    },
    /// The model's call is no call: its arguments are not a JSON object, or the reply was cut off.
    InvalidCall {
        /// What is wrong.
        problem: String,
    },
    /// No tool of the set has this name.
    Unknown {
        /// The name in the call.
        name: String,
        /// The names of the tools.
        known: Vec<String>,
    },
    /// The last attempt took longer than its [limit](super::ToolPolicy::timeout).
    Timeout {
        /// The limit.
        after: Duration,
    },
    /// The agent has executed as many calls as it may: see
    /// [`Agent::max_tool_calls`](crate::agent::Agent::max_tool_calls).
    LimitReached {
        /// The limit.
        limit: usize,
    },
    /// The tool failed.
    Failed(NodeError),
}

impl fmt::Display for ToolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arguments { problems } => write!(f, "invalid arguments: {}", problems.join("; ")),
            Self::InvalidCall { problem } => write!(f, "the call was not executed: {problem}"),
            // LangGraph's words.
            Self::Unknown { name, known } => {
                write!(f, "{name} is not a valid tool, try one of [{}].", known.join(", "))
            }
            Self::Timeout { after } => write!(f, "the tool took longer than {after:?}"),
            Self::LimitReached { limit } => {
                write!(f, "the call was not executed: the limit of {limit} tool calls is reached")
            }
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl From<NodeError> for ToolError {
    fn from(error: NodeError) -> Self {
        Self::Failed(error)
    }
}

/// Two tools of one name in a set: a model could not tell them apart.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("two tools of the set have the name `{name}`")]
pub struct DuplicateTool {
    /// The name.
    pub name: String,
}
