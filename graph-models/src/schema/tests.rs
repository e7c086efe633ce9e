//! What `schemars` makes of Rust's types, in each dialect.

use graph_core::prelude::*;
use serde_json::{Value, json};

use super::{Dialect, lower, of_openai};
use graph_core::model::{Strict, ToolSpec};

#[derive(Deserialize, JsonSchema)]
#[allow(dead_code, reason = "only its schema")]
struct Page<T> {
    /// What is on it.
    items: Vec<T>,
    #[serde(rename = "nextPage")]
    next: Option<u32>,
}

/// How it is sorted.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its schema")]
enum Order {
    /// The newest first.
    NewestFirst,
    Random,
}

#[derive(Deserialize, JsonSchema)]
#[serde(tag = "kind")]
#[allow(dead_code, reason = "only its schema")]
enum Shape {
    Circle { radius: f64, order: Option<Order> },
    Square { side: f64 },
}

#[derive(Deserialize, JsonSchema)]
#[allow(dead_code, reason = "only its schema")]
struct Tree {
    name: String,
    children: Vec<Tree>,
}

#[derive(Deserialize, JsonSchema)]
#[allow(dead_code, reason = "only its schema")]
struct Settings {
    #[serde(default)]
    retries: u8,
}

/// All of it.
#[tool]
#[allow(unused_variables)]
fn all(
    /// The page.
    page: Page<Shape>,
    order: Option<Order>,
    tree: Option<Tree>,
    settings: Settings,
    limit: Option<i64>,
) {
}

/// A map, and anything.
#[tool]
#[allow(unused_variables)]
fn open(labels: std::collections::BTreeMap<String, u8>, any: Value) {}

fn spec(tools: &ToolSet) -> ToolSpec {
    tools.specs()[0].clone()
}

/// Every schema in a schema.
fn nodes(schema: &Value) -> Vec<Value> {
    let mut all = vec![schema.clone()];
    if let Value::Object(keys) = &mut schema.clone() {
        super::walk::each_inside(keys, |inside| all.extend(nodes(inside)));
    }
    all
}

#[test]
fn integer_formats_are_gone_and_documented_enums_are_lists_in_every_dialect() {
    let parameters = spec(&tools![all]).parameters;
    for dialect in [Dialect::Full, Dialect::Plain] {
        let lowered = lower(&parameters, dialect);
        let text = lowered.to_string();
        for gone in ["uint", "int64", "\"double\"", "$schema", "NewestFirst"] {
            assert!(!text.contains(gone), "{gone}: {text}");
        }
        let order = &lowered["properties"]["order"];
        let order = order["anyOf"].get(0).unwrap_or(order);
        assert_eq!((&order["enum"], &order["type"]), (&json!(["random", "newest_first"]), &json!("string")), "{text}");
        let docs = order["description"].as_str().unwrap();
        assert_eq!(docs, "How it is sorted.\n- `newest_first`: The newest first.");
    }
}

#[test]
fn the_plain_dialect_has_no_null_no_reference_and_a_type_at_each_node() {
    let lowered = lower(&spec(&tools![all]).parameters, Dialect::Plain);
    let text = lowered.to_string();
    assert!(!text.contains("null") && !text.contains("$ref") && !text.contains("const"), "{text}");
    for node in nodes(&lowered) {
        let typed = node["type"].is_string() || node.get("oneOf").or(node.get("anyOf")).is_some();
        assert!(typed || node.is_boolean(), "{node}");
    }
    let properties = &lowered["properties"];
    assert_eq!(properties["limit"]["type"], "integer");
    assert_eq!(properties["page"]["description"], "The page.");
    assert_eq!(properties["page"]["properties"]["nextPage"]["type"], "integer");
    assert_eq!(properties["page"]["required"], json!(["items"]));
    assert_eq!(properties["tree"]["properties"]["children"]["items"]["type"], "object");

    let open = lower(&spec(&tools![open]).parameters, Dialect::Plain);
    assert_eq!(open["properties"]["any"]["type"], "object");
    assert_eq!(open["properties"]["labels"]["additionalProperties"]["type"], "integer");
}

#[test]
fn a_type_that_contains_itself_keeps_its_reference_alone() {
    let lowered = lower(&spec(&tools![all]).parameters, Dialect::Full);
    let definition = &lowered["$defs"]["Tree"];
    assert_eq!(definition["properties"]["children"]["items"], json!({"$ref": "#/$defs/Tree"}), "{lowered}");
}

#[test]
fn numeric_enums_are_told_in_words_where_they_are_refused() {
    let lowered = lower(&json!({"enum": [1, 2], "description": "How many."}), Dialect::Plain);
    assert_eq!(lowered, json!({"type": "integer", "description": "How many.\nOne of 1, 2."}));
    assert_eq!(lower(&json!({"enum": [1, 2]}), Dialect::Full), json!({"type": "integer", "enum": [1, 2]}));
}

#[test]
fn a_property_may_have_the_name_of_a_keyword() {
    let schema =
        json!({"properties": {"$ref": {"type": "string"}, "const": {"type": ["integer", "null"]}, "format": {}}});
    let lowered = lower(&schema, Dialect::Plain);
    let properties = json!({"$ref": {"type": "string"}, "const": {"type": "integer"}, "format": {"type": "object"}});
    assert_eq!(lowered, json!({"type": "object", "properties": properties}));
}

#[test]
fn what_stands_beside_a_reference_is_about_this_place() {
    let schema = json!({
        "properties": {"a": {"$ref": "#/definitions/A", "description": "here"}, "b": {"$ref": "#/$defs/missing"}},
        "definitions": {"A": {"type": "string", "description": "there", "format": "uint8"}},
    });
    let lowered = lower(&schema, Dialect::Full);
    assert_eq!(lowered["properties"]["a"], json!({"type": "string", "description": "here"}));
    assert_eq!((lowered.get("definitions"), &lowered["properties"]["b"]), (None, &json!({})));
}

#[test]
fn a_strict_schema_requires_all_and_allows_nothing_else() {
    let (schema, is_strict) = of_openai(&spec(&tools![all]), true).unwrap();
    assert!(is_strict);
    for node in nodes(&schema) {
        if node["type"] == "object" {
            let mut names: Vec<_> = node["properties"].as_object().unwrap().keys().cloned().collect();
            names.sort_unstable();
            let mut required: Vec<String> = serde_json::from_value(node["required"].clone()).unwrap();
            required.sort_unstable();
            assert_eq!((required, &node["additionalProperties"]), (names, &json!(false)), "{node}");
        }
        assert!(node.get("oneOf").or(node.get("default")).is_none(), "{node}");
    }
    // What may be left out is `null`, which serde reads as `None`; what has a default is written.
    assert_eq!(schema["properties"]["limit"]["type"], json!(["integer", "null"]));
    assert_eq!(schema["properties"]["settings"]["properties"]["retries"]["type"], "integer");
}

#[test]
fn what_cannot_be_strict_is_not_unless_it_has_to_be() {
    let open = || spec(&tools![open]);
    assert!(!of_openai(&open(), true).unwrap().1, "a map has any keys");
    let error = of_openai(&open().strict(Strict::On), false).unwrap_err();
    assert!(error.to_string().contains("strict schema of the tool `open`"), "{error}");
    assert!(!of_openai(&spec(&tools![all]).strict(Strict::Off), true).unwrap().1);
    assert!(!of_openai(&spec(&tools![all]), false).unwrap().1);
    assert!(of_openai(&spec(&tools![all]).strict(Strict::On), false).unwrap().1);
    for loose in [json!({"type": "object"}), json!(true), json!({"type": "array", "items": {"type": "string"}})] {
        assert!(!of_openai(&ToolSpec::new("x", "", loose.clone()), true).unwrap().1, "{loose}");
    }
}
