//! Tool calls and their status.
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A tool call in an assistant message.
///
/// ```
/// use graph_core::message::ToolCall;
/// let call = ToolCall::new("call_1", "multiply", serde_json::json!({"a": 2, "b": 3}));
/// assert_eq!(call.to_string(), r#"multiply({"a":2,"b":3})"#);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "tool_call")]
pub struct ToolCall {
    /// The name of the tool.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// The arguments, a JSON object.
    #[serde(default, deserialize_with = "null_as_default")]
    pub args: Value,
    /// The id to answer with; empty if the provider gave none. `null` in JSON when empty.
    #[serde(default, deserialize_with = "null_as_default", serialize_with = "empty_as_null")]
    pub id: String,
}

impl ToolCall {
    /// A call of the tool `name` with the JSON object `args`.
    pub fn new(id: impl Into<String>, name: impl Into<String>, args: Value) -> Self {
        ToolCall { name: name.into(), args, id: id.into() }
    }
}

impl fmt::Display for ToolCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.name, self.args)
    }
}

/// A call whose arguments are not a JSON object. It is recorded, but never executed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "invalid_tool_call")]
pub struct InvalidToolCall {
    /// The name of the tool.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// The arguments as the model wrote them.
    #[serde(default, deserialize_with = "null_as_default")]
    pub args: String,
    /// The id of the call; empty if the provider gave none. `null` in JSON when empty.
    #[serde(default, deserialize_with = "null_as_default", serialize_with = "empty_as_null")]
    pub id: String,
    /// What is wrong with the arguments.
    #[serde(default)]
    pub error: Option<String>,
}

impl fmt::Display for InvalidToolCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.error.as_deref().unwrap_or("arguments are not a JSON object");
        write!(f, "{}({}): {error}", self.name, self.args)
    }
}

/// The outcome of a tool call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ToolStatus {
    /// The tool returned a result.
    #[default]
    Success,
    /// The tool failed; the text of the message is the error.
    Error,
}

/// Reads `null` as the default: providers write `null` where they could omit the key.
pub(super) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Writes an empty string as `null`, as LangChain does for a missing id.
pub(super) fn empty_as_null<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if text.is_empty() { serializer.serialize_none() } else { serializer.serialize_str(text) }
}
