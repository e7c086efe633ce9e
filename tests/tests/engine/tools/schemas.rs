//! What the model is told about a tool.

use std::collections::BTreeMap;

use graph_core::prelude::*;
use serde_json::json;

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "only read")]
struct Filter<T> {
    /// The lowest value.
    at_least: T,
    #[serde(rename = "max")]
    at_most: Option<T>,
    order: Order,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(dead_code, reason = "only read")]
enum Order {
    /// The lowest first.
    Up,
    Down,
}

#[derive(Deserialize, JsonSchema)]
#[serde(tag = "kind")]
#[allow(dead_code, reason = "only read")]
enum Shape {
    Circle { radius: f64 },
    Square { side: f64 },
}

/// Searches the catalogue.
///
/// Prices are in cents.
#[tool]
#[allow(unused_variables)]
async fn search(
    /// What to look for,
    /// in English.
    text: String,
    prices: Filter<u32>,
    /** The shapes. */
    shapes: Vec<Shape>,
    labels: BTreeMap<String, Option<bool>>,
    limit: Option<u8>,
    cx: &RunContext,
) -> String {
    String::new()
}

#[test]
fn names_docs_and_types_are_in_the_schema() {
    let tools: ToolSet = tools![search];
    let spec = &tools.specs()[0];
    assert_eq!(spec.description, "Searches the catalogue.\n\nPrices are in cents.");
    let parameters = &spec.parameters;
    assert_eq!(parameters["required"], json!(["text", "prices", "shapes", "labels"]));
    let of = |name: &str| parameters["properties"][name].clone();
    assert_eq!(of("text"), json!({"type": "string", "description": "What to look for,\nin English."}));
    assert_eq!(of("limit")["type"], json!(["integer", "null"]));
    assert_eq!(of("shapes")["description"], "The shapes.");
    assert_eq!(of("shapes")["items"]["oneOf"].as_array().unwrap().len(), 2);
    let prices = of("prices");
    assert_eq!(prices["required"], json!(["atLeast", "order"]));
    assert_eq!(prices["properties"]["atLeast"]["description"], "The lowest value.");
    assert!(prices["properties"].get("max").is_some() && prices.get("additionalProperties").is_some());
    assert!(!parameters.to_string().contains("$ref"), "{parameters}");
}

mod nested {
    use graph_core::prelude::*;

    /// In a module.
    #[tool]
    pub(super) fn inner(at: std::net::IpAddr) -> String {
        at.to_string()
    }
}

/// From this file, as rustdoc has it.
#[doc = concat!("Line ", "two.")]
#[tool]
fn documented() {}

#[tokio::test]
async fn a_tool_of_another_module_and_a_computed_comment() {
    let tools: ToolSet = tools![self::nested::inner, crate::schemas::documented];
    assert_eq!(tools.specs()[1].description, "From this file, as rustdoc has it.\nLine two.");
    let call = crate::call("c", "inner", json!({"at": "::1"}));
    assert_eq!(tools.call(call, &RunContext::detached()).await.unwrap().text(), "::1");
}
