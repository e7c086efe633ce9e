//! Tools as a model sees them.
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The description of a tool for a model.
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
    /// The JSON Schema of its arguments, an object.
    pub parameters: Value,
}

impl ToolSpec {
    /// A tool with this name, description and parameter schema.
    pub fn new(name: impl Into<String>, description: impl Into<String>, parameters: Value) -> Self {
        ToolSpec { name: name.into(), description: description.into(), parameters }
    }
}

impl From<&ToolSpec> for ToolSpec {
    fn from(spec: &ToolSpec) -> Self {
        spec.clone()
    }
}
