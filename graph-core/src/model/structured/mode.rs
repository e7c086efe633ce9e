//! How a model is asked for a value.

/// How a model is asked for a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum StructuredMode {
    /// [`Native`](Self::Native), and [`Tool`](Self::Tool) for a model that cannot be sent a schema.
    #[default]
    Auto,
    /// The provider gets the JSON Schema as the format of the text, and enforces it where it can.
    Native,
    /// The answer is the arguments of a tool that the model has to call.
    Tool,
    /// The schema stands in the prompt, and the JSON is looked for in the text: for models that support nothing else.
    Prompted,
}
