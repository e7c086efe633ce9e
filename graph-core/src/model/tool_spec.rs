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
    /// Whether the provider enforces the schema while the model writes the arguments.
    #[serde(default, skip_serializing_if = "Strict::is_auto")]
    pub strict: Strict,
}

/// Whether a provider enforces the schema of a tool while the model writes the arguments: OpenAI's `strict`. Whatever is
/// chosen, the arguments of a `#[tool]` are checked before it is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strict {
    /// Where the provider is known to do it, and the schema has no parts of any form, such as maps.
    #[default]
    Auto,
    /// Always: a schema that cannot be enforced is an error of the call.
    On,
    /// Never.
    Off,
}

impl Strict {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_auto(&self) -> bool {
        *self == Self::Auto
    }
}

impl ToolSpec {
    /// A tool with this name, description and parameter schema.
    pub fn new(name: impl Into<String>, description: impl Into<String>, parameters: Value) -> Self {
        ToolSpec { name: name.into(), description: description.into(), parameters, strict: Strict::Auto }
    }

    /// With the schema enforced by the provider, or not.
    #[must_use]
    pub fn strict(mut self, strict: Strict) -> Self {
        self.strict = strict;
        self
    }
}

impl From<&ToolSpec> for ToolSpec {
    fn from(spec: &ToolSpec) -> Self {
        spec.clone()
    }
}
