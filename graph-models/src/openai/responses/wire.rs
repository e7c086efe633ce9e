//! The server's JSON, parsed leniently: any key may be missing or `null`.
use serde::Deserialize;
use serde_json::{Map, Value};

/// An event of a stream.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Event {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) item_id: Option<String>,
    pub(super) output_index: Option<u64>,
    pub(super) summary_index: Option<u64>,
    pub(super) delta: Option<Value>,
    pub(super) item: Option<Item>,
    pub(super) annotation: Option<Value>,
    pub(super) arguments: Option<String>,
    pub(super) response: Option<Response>,
    pub(super) error: Option<Value>,
}

/// A whole response, or as it stands.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Response {
    pub(super) id: Option<String>,
    pub(super) model: Option<String>,
    pub(super) status: Option<String>,
    pub(super) service_tier: Option<Value>,
    pub(super) output: Option<Vec<Item>>,
    pub(super) usage: Option<Value>,
    pub(super) error: Option<Value>,
    pub(super) incomplete_details: Option<Incomplete>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Incomplete {
    pub(super) reason: Option<String>,
}

/// An item of the output, as it came.
pub(super) type Item = Map<String, Value>;

/// A text of an item; empty if there is none.
pub(super) fn text<'a>(item: &'a Item, key: &str) -> &'a str {
    item.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The texts of the parts of a kind under a key.
pub(super) fn texts<'a>(item: &'a Item, key: &str, kind: &'a str, of: &'a str) -> impl Iterator<Item = &'a str> {
    let parts = item.get(key).and_then(Value::as_array).into_iter().flatten();
    parts.filter(move |part| part["type"] == kind).filter_map(move |part| part[of].as_str())
}
