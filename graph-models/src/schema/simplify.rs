//! The same meaning in simpler words.

use serde_json::{Map, Value};

use super::Dialect;
use super::walk::each_inside;

/// Formats that JSON Schema does not have: `schemars` writes Rust's types of numbers.
const NUMBERS: [&str; 14] = [
    "int8", "int16", "int32", "int64", "int128", "int", "uint8", "uint16", "uint32", "uint64", "uint128", "uint",
    "float", "double",
];

pub(super) fn simplify(schema: &mut Value, dialect: Dialect) {
    let Value::Object(keys) = schema else {
        if dialect == Dialect::Plain {
            *schema = Map::from_iter([("type".to_owned(), Value::from("object"))]).into();
        }
        return;
    };
    // Whether an object is open is no schema of a value.
    let is_open = keys.get("additionalProperties").filter(|open| open.is_boolean()).cloned();
    each_inside(keys, |inside| simplify(inside, dialect));
    keys.extend(is_open.map(|is_open| ("additionalProperties".to_owned(), is_open)));
    keys.remove("$schema");
    if keys.get("format").and_then(Value::as_str).is_some_and(|format| NUMBERS.contains(&format)) {
        keys.remove("format");
    }
    join_constants(keys);
    if dialect == Dialect::Plain {
        drop_null(keys);
        if let Some(only) = keys.remove("const") {
            keys.insert("enum".to_owned(), vec![only].into());
        }
        drop_numeric_enum(keys);
    }
    infer_type(keys, dialect);
}

/// An enum whose variants have doc comments is an alternative of constants; providers know a list of them.
fn join_constants(keys: &mut Map<String, Value>) {
    let Some(key) = ["oneOf", "anyOf"].into_iter().find(|key| keys.contains_key(*key)) else { return };
    let Some(branches) = keys[key].as_array().filter(|branches| !branches.is_empty()) else { return };
    let Some(constants) = branches.iter().map(constants).collect::<Option<Vec<_>>>() else { return };
    let mut docs = keys.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
    for (values, doc) in &constants {
        if let (Some(doc), [Value::String(value)]) = (doc, values.as_slice()) {
            docs.push_str(&format!("\n- `{value}`: {doc}"));
        }
    }
    let values: Vec<_> = constants.into_iter().flat_map(|(values, _)| values).collect();
    keys.remove(key);
    keys.insert("type".to_owned(), "string".into());
    keys.insert("enum".to_owned(), values.into());
    if !docs.is_empty() {
        keys.insert("description".to_owned(), docs.trim_start().into());
    }
}

/// The texts that an alternative allows, and its description; `None` if it allows anything else.
fn constants(branch: &Value) -> Option<(Vec<Value>, Option<String>)> {
    let keys = branch.as_object()?;
    let known = ["const", "enum", "type", "description", "title"];
    let values = match (keys.get("const"), keys.get("enum")) {
        (Some(only), None) => vec![only.clone()],
        (None, Some(Value::Array(values))) => values.clone(),
        _ => return None,
    };
    let fits = keys.keys().all(|key| known.contains(&key.as_str())) && values.iter().all(Value::is_string);
    fits.then(|| (values, keys.get("description").and_then(Value::as_str).map(str::to_owned)))
}

/// `null` stands for what is left out, which `required` says.
fn drop_null(keys: &mut Map<String, Value>) {
    let is_null = |value: &Value| value == "null";
    if let Some(Value::Array(types)) = keys.get_mut("type") {
        types.retain(|ty| !is_null(ty));
        if let [only] = types.as_slice() {
            let only = only.clone();
            keys.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(values)) = keys.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    for key in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = keys.get_mut(key) else { continue };
        branches.retain(|branch| !is_null(&branch["type"]));
        if let [Value::Object(only)] = branches.as_slice() {
            let mut only = only.clone();
            keys.remove(key);
            // What is said of this place goes before what is said of the type.
            only.append(keys);
            *keys = only;
        }
    }
}

/// Gemini refuses an enum of anything but texts.
fn drop_numeric_enum(keys: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = keys.get("enum") else { return };
    if values.iter().all(Value::is_string) {
        return;
    }
    let ty = values.first().map(type_of);
    let listed: Vec<_> = values.iter().map(Value::to_string).collect();
    let docs = keys.get("description").and_then(Value::as_str).unwrap_or_default();
    let docs = format!("{docs}\nOne of {}.", listed.join(", "));
    keys.remove("enum");
    keys.insert("description".to_owned(), docs.trim_start().into());
    if let Some(ty) = ty {
        keys.entry("type").or_insert_with(|| ty.into());
    }
}

fn infer_type(keys: &mut Map<String, Value>, dialect: Dialect) {
    let says = |known: &[&str]| known.iter().any(|key| keys.contains_key(*key));
    if says(&["type", "anyOf", "oneOf", "allOf", "not", "$ref"]) {
        return;
    }
    let constant = keys.get("const").or_else(|| keys.get("enum").and_then(|values| values.get(0)));
    let ty = if says(&["properties", "additionalProperties", "required"]) {
        "object"
    } else if says(&["items", "prefixItems"]) {
        "array"
    } else if let Some(constant) = constant {
        type_of(constant)
    } else if dialect == Dialect::Plain {
        // Anything: of all types, an object can hold it.
        "object"
    } else {
        return;
    };
    keys.insert("type".to_owned(), ty.into());
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
