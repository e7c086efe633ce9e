//! The schemas inside a schema.

use serde_json::{Map, Value};

const ONE: [&str; 8] = ["items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else"];
const LIST: [&str; 4] = ["anyOf", "oneOf", "allOf", "prefixItems"];
const NAMED: [&str; 4] = ["properties", "patternProperties", "$defs", "definitions"];

/// Changes each schema directly inside. A property may have the name of a keyword, so that keys alone do not tell.
pub(super) fn each_inside(schema: &mut Map<String, Value>, mut change: impl FnMut(&mut Value)) {
    for (key, value) in schema.iter_mut() {
        match value {
            Value::Object(_) | Value::Bool(_) if ONE.contains(&key.as_str()) => change(value),
            Value::Array(list) if LIST.contains(&key.as_str()) => list.iter_mut().for_each(&mut change),
            Value::Object(named) if NAMED.contains(&key.as_str()) => named.values_mut().for_each(&mut change),
            _ => {}
        }
    }
}
