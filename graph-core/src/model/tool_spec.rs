//! A tool as a model sees it.
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a model is told about a tool.
///
/// ```
/// use graph_core::model::ToolSpec;
/// use serde_json::json;
///
/// let multiply = ToolSpec::new(
///     "multiply",
///     "Multiplies two integers.",
///     json!({"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
///            "required": ["a", "b"]}),
/// );
/// assert_eq!(multiply.name, "multiply");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolSpec {
    /// The name by which the model calls it.
    pub name: String,
    /// What it does.
    #[serde(default)]
    pub description: String,
    /// Its arguments: a JSON Schema of an object.
    pub parameters: Value,
}

impl ToolSpec {
    /// A tool with these arguments.
    pub fn new(name: impl Into<String>, description: impl Into<String>, parameters: Value) -> Self {
        ToolSpec { name: name.into(), description: description.into(), parameters }
    }
}

impl From<&ToolSpec> for ToolSpec {
    fn from(spec: &ToolSpec) -> Self {
        spec.clone()
    }
}
