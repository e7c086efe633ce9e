//! Events in the form in which they are compared: without ids and other values that differ from run to run.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// Events that belong to no stream mode in the recording, or their counterparts here, in comparable form.
#[must_use]
pub fn plain(events: &[Value]) -> Vec<Value> {
    let mut names = Names::default();
    events.iter().map(|event| names.plain(event)).collect()
}

/// Ids by the order of their first appearance.
#[derive(Default)]
pub(crate) struct Names(HashMap<String, usize>);

impl Names {
    /// An event without the values that differ from run to run or are not compared.
    pub(crate) fn plain(&mut self, event: &Value) -> Value {
        let event = map_objects(event, &plain_object);
        self.ids(&event)
    }

    fn ids(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.id(text)),
            Value::Array(items) => items.iter().map(|item| self.ids(item)).collect(),
            // The recording was numbered in its own key order; here both sides are walked in the same order.
            Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), self.ids(value))).collect(),
            other => other.clone(),
        }
    }

    /// Numbers the ids of a text; in a namespace, those of each level.
    fn id(&mut self, text: &str) -> String {
        text.split('|').map(|level| self.level(level)).collect::<Vec<_>>().join("|")
    }

    /// Numbers `node:<id>` and bare ids; ids chosen by a scenario stay.
    fn level(&mut self, text: &str) -> String {
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

/// Removes the fields of an object that are not compared.
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
        // The recording omits empty fields, and some that LangChain always writes.
        object.retain(|key, value| !is_empty(value) || key == "content");
        for key in ["additional_kwargs", "response_metadata", "invalid_tool_calls", "status"] {
            object.remove(key);
        }
    }
    // Of a debug event.
    if object.contains_key("timestamp") {
        object.insert("timestamp".to_owned(), "<ts>".into());
    }
    // Calls and fragments: an unknown id is null in the recording and empty here.
    if object.get("id") == Some(&json!("")) {
        object.insert("id".to_owned(), Value::Null);
    }
    // LangChain's own metadata.
    for key in ["ls_integration", "ls_provider", "ls_model_name", "ls_model_type", "lc_versions"] {
        object.remove(key);
    }
    // LangChain's copy of it.
    if object.contains_key("langgraph_checkpoint_ns") {
        object.remove("checkpoint_ns");
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
