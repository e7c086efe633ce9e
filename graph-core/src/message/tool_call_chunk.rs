//! A fragment of a streamed tool call.
use serde::{Deserialize, Serialize};

/// A fragment of a tool call; `index` says of which call, see
/// [`ToolCallAssembler`](super::ToolCallAssembler).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "tool_call_chunk")]
pub struct ToolCallChunk {
    /// The name of the tool, on the first fragment.
    #[serde(default)]
    pub name: Option<String>,
    /// The next piece of the arguments' JSON text.
    #[serde(default)]
    pub args: Option<String>,
    /// The id of the call, on the first fragment.
    #[serde(default)]
    pub id: Option<String>,
    /// The number of the call in this message.
    #[serde(default)]
    pub index: Option<usize>,
}

impl ToolCallChunk {
    /// An empty fragment of the call number `index`.
    pub fn new(index: usize) -> Self {
        ToolCallChunk { index: Some(index), ..ToolCallChunk::default() }
    }

    /// With the id of the call.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// With the name of the tool.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// With a piece of the arguments.
    #[must_use]
    pub fn with_args(mut self, args: impl Into<String>) -> Self {
        self.args = Some(args.into());
        self
    }
}
