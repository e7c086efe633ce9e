//! The types that a model can answer with, and their JSON Schemas.

use serde_json::{Map, Value, json};

use crate::__private::Readable;
use crate::JsonSchema;
use crate::tool::generator;

/// What a model can answer with: an owned value that serde reads from JSON, and whose type has a JSON Schema.
#[diagnostic::on_unimplemented(
    message = "a model cannot answer with `{Self}`",
    label = "it cannot be read from the model's JSON",
    note = "add `#[derive(Deserialize, JsonSchema)]` to `{Self}`"
)]
pub trait StructuredOutput: Readable + JsonSchema + Send + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Readable + JsonSchema + Send + 'static> StructuredOutput for T {}

/// The only field of the object around a value that is no object: providers take schemas of objects only.
const FIELD: &str = "value";

/// The form of a type, as a provider is told it.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// Of letters, digits, `_` and `-`.
    pub name: String,
    /// The schema of an object.
    pub schema: Value,
    /// Whether the value is the only field of that object.
    is_wrapped: bool,
}

impl Form {
    pub(super) fn of<T: StructuredOutput>() -> Self {
        let mut generator = generator();
        let schema = generator.subschema_for::<T>().to_value();
        let definitions = generator.take_definitions(true);
        let is_object = schema["type"] == "object" && schema.get("properties").is_some();
        let mut schema = if is_object {
            schema
        } else {
            json!({"type": "object", "properties": {FIELD: schema}, "required": [FIELD], "additionalProperties": false})
        };
        if !definitions.is_empty() {
            schema["$defs"] = definitions.into();
        }
        let name = T::schema_name().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(60).collect();
        Self { name, schema, is_wrapped: !is_object }
    }

    /// The value inside what the model has written.
    pub(super) fn unwrap(&self, written: Value) -> Value {
        match written {
            Value::Object(mut fields) if self.is_wrapped => fields.remove(FIELD).unwrap_or_else(|| Map::new().into()),
            written => written,
        }
    }
}
