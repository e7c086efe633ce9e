//! OpenAI's strict subset, which the provider enforces while the model writes.

use serde_json::{Map, Value};

use super::walk::each_inside;
use super::{Dialect, lower};

/// What cannot be said in the subset.
const OPEN: [&str; 9] = [
    "patternProperties",
    "not",
    "allOf",
    "prefixItems",
    "if",
    "contains",
    "propertyNames",
    "dependentSchemas",
    "unevaluatedProperties",
];

/// What is only advice to the model, and refused.
const ADVICE: [&str; 8] =
    ["default", "examples", "uniqueItems", "minLength", "maxLength", "minProperties", "maxProperties", "title"];

/// The schema in the subset; `None` if it has parts of any form.
///
/// Every property is required, and no others are allowed. One that may be left out is `null` then, if it may be; otherwise,
/// because it has a default, the model writes it.
pub(super) fn strict(schema: &Value) -> Option<Value> {
    let mut schema = lower(schema, Dialect::Full);
    let is_object = schema["type"] == "object" && schema.get("anyOf").is_none();
    (is_object && close(&mut schema)).then_some(schema)
}

/// Whether the schema could be closed.
fn close(schema: &mut Value) -> bool {
    let Value::Object(keys) = schema else { return false };
    ADVICE.iter().for_each(|key| drop(keys.remove(*key)));
    if OPEN.iter().any(|key| keys.contains_key(*key)) {
        return false;
    }
    if let Some(branches) = keys.remove("oneOf") {
        keys.insert("anyOf".to_owned(), branches);
    }
    let is_known = ["type", "anyOf", "enum", "const", "$ref"].iter().any(|key| keys.contains_key(*key));
    if !is_known
        || (is_type(keys, "object") && !close_object(keys))
        || (is_type(keys, "array") && !keys.contains_key("items"))
    {
        return false;
    }
    let is_closed = keys.remove("additionalProperties");
    let mut closes = true;
    each_inside(keys, |inside| closes &= close(inside));
    keys.extend(is_closed.map(|is_closed| ("additionalProperties".to_owned(), is_closed)));
    closes
}

/// Whether a node is of this type, or of this type or `null`.
fn is_type(keys: &Map<String, Value>, name: &str) -> bool {
    match keys.get("type") {
        Some(Value::Array(types)) => types.iter().any(|ty| ty == name),
        ty => ty.is_some_and(|ty| ty == name),
    }
}

fn close_object(keys: &mut Map<String, Value>) -> bool {
    let is_closed = match keys.get("additionalProperties") {
        Some(open) => *open == Value::Bool(false),
        // A struct that ignores what it does not know; without properties, it is a map.
        None => keys.contains_key("properties"),
    };
    if !is_closed {
        return false;
    }
    let names: Vec<_> =
        keys.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned().collect();
    keys.insert("required".to_owned(), names.into());
    keys.insert("additionalProperties".to_owned(), false.into());
    keys.entry("properties").or_insert_with(|| Map::new().into());
    true
}
