//! Events as they are compared: without ids, and without what differs from run to run.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// Events of a recording that is no stream mode, or what stands for them here, as they are compared.
#[must_use]
pub fn plain(events: &[Value]) -> Vec<Value> {
    let mut names = Names::default();
    events.iter().map(|event| names.plain(event)).collect()
}

/// Ids by the order of their first appearance.
#[derive(Default)]
pub(crate) struct Names(HashMap<String, usize>);

impl Names {
    /// An event without what differs from run to run or is not compared.
    pub(crate) fn plain(&mut self, event: &Value) -> Value {
        let event = map_objects(event, &plain_object);
        self.ids(&event)
    }

    fn ids(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.id(text)),
            Value::Array(items) => items.iter().map(|item| self.ids(item)).collect(),
            // The recording was numbered in its own order of keys; here both sides are walked in the same one.
            Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), self.ids(value))).collect(),
            other => other.clone(),
        }
    }

    /// `node:<id>` and a bare id get a number; ids that a scenario chose itself stay.
    fn id(&mut self, text: &str) -> String {
        let is_id = |id: &str| {
            id.starts_with("<uuid:") || id.starts_with("<hash:") || (id.len() == 36 && id.matches('-').count() == 4)
        };
        let (prefix, id) = match text.split_once(':') {
            _ if is_id(text) => ("", text),
            Some((prefix, id)) if is_id(id) => (prefix, id),
            _ => return text.to_owned(),
        };
        let next = self.0.len() + 1;
        format!("{prefix}<{}>", self.0.entry(id.to_owned()).or_insert(next))
    }
}

/// What is not compared in an object.
fn plain_object(mut object: Map<String, Value>) -> Map<String, Value> {
    // A message: LangChain's class name is our `type`.
    if let Some(Value::String(kind)) = object.get("type").cloned() {
        let class = match kind.as_str() {
            "human" => Some("HumanMessage"),
            "ai" => Some("AIMessage"),
            "AIMessageChunk" => Some("AIMessageChunk"),
            "tool" => Some("ToolMessage"),
            "remove" => Some("RemoveMessage"),
            _ => None,
        };
        if let Some(class) = class {
            object.remove("type");
            object.insert("__type__".to_owned(), class.into());
        }
    }
    if object.contains_key("__type__") {
        // The recording leaves out what is empty, and some of what LangChain always writes.
        object.retain(|key, value| !is_empty(value) || key == "content");
        for key in ["additional_kwargs", "response_metadata", "invalid_tool_calls", "status"] {
            object.remove(key);
        }
    }
    // Calls and fragments: an id that is not known yet is null there and empty here.
    if object.get("id") == Some(&json!("")) {
        object.insert("id".to_owned(), Value::Null);
    }
    // The metadata of the library that LangGraph is built on.
    for key in ["ls_integration", "ls_provider", "ls_model_name", "ls_model_type", "lc_versions", "checkpoint_ns"] {
        object.remove(key);
    }
    // A field that is `None` is a channel that was never written.
    if !object.contains_key("error") {
        object.retain(|key, value| !value.is_null() || ["id", "name", "args"].contains(&key.as_str()));
    }
    object
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

pub(crate) fn map_objects(value: &Value, change: &impl Fn(Map<String, Value>) -> Map<String, Value>) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| map_objects(item, change)).collect(),
        Value::Object(map) => {
            let map = map.iter().map(|(key, value)| (key.clone(), map_objects(value, change))).collect();
            Value::Object(change(map))
        }
        other => other.clone(),
    }
}
