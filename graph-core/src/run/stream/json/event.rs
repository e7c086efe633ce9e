//! Events, in the form of LangChain's `astream_events`.

use serde_json::{Map, Value, json};

use super::{Json, JsonGraph, only_value, state_json, values_json};
use crate::context::SpanKind;
use crate::run::{Event, EventData, Phase};

/// LangChain's `astream_events` form: `{event, name, run_id, parent_ids, tags, metadata, data}`.
///
/// A node's own events hold its update; those of the graph hold it under the node's name.
pub(super) fn event_json<G: JsonGraph>(event: &Event<G>) -> Json {
    let event_data_json = |data: &EventData<G>| match data {
        EventData::Update(update) if event.node.is_some() => Ok(only_value(serde_json::to_value(update)?)),
        data => event_data_json(data),
    };
    let mut data = Map::new();
    if let Some(input) = &event.input {
        data.insert("input".to_owned(), event_data_json(input)?);
    }
    if let Some(value) = &event.data {
        let key = match (event.kind.of, event.kind.phase) {
            (_, Phase::Start) => "input",
            (_, Phase::Stream) => "chunk",
            (_, Phase::End) => "output",
            (_, Phase::Error) => "error",
        };
        if event.kind.of == SpanKind::Custom {
            return Ok(with_data(event, &event_data_json(value)?));
        }
        data.insert(key.to_owned(), event_data_json(value)?);
    }
    Ok(with_data(event, &Value::Object(data)))
}

fn with_data<G: JsonGraph>(event: &Event<G>, data: &Value) -> Value {
    let mut metadata = Map::clone(&event.metadata);
    if let Some(place) = &event.place {
        place.describe(&mut metadata);
    }
    if event.cached {
        metadata.insert("cached".to_owned(), true.into());
    }
    json!({
        "event": event.kind.to_string(),
        "name": &*event.name,
        "run_id": event.run_id,
        "parent_ids": event.parent_ids,
        "tags": event.tags,
        "metadata": metadata,
        "data": data,
    })
}

fn event_data_json<G: JsonGraph>(data: &EventData<G>) -> Json {
    match data {
        EventData::State(state) => state_json::<G>(state),
        EventData::Output(output) => values_json::<G>(output),
        EventData::Sent(task) => Ok(only_value(serde_json::to_value(task)?)),
        EventData::Update(update) => serde_json::to_value(update),
        EventData::Custom(event) => serde_json::to_value(event),
        EventData::Messages(messages) => Ok(json!({"messages": [messages]})),
        EventData::Message(message) => serde_json::to_value(message),
        EventData::Chunk(chunk) => serde_json::to_value(chunk),
        EventData::Json(value) => Ok(value.clone()),
        EventData::Error(text) => Ok(json!(text)),
    }
}
