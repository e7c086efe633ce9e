//! Parts as JSON, in the shape of LangGraph's `version="v2"` stream: `{"type", "ns", "data"}`.

mod event;
mod message;
mod task;
mod tool;

use serde::Serialize;
use serde::ser::{Error as _, SerializeMap, Serializer};
use serde_json::{Value, json};

use self::event::event_json;
use self::message::message_json;
use self::task::{debug_json, snapshot_json, task_json};
pub(crate) use self::task::{next_names, snapshot_values};
use self::tool::tool_json;
use crate::functional::GraphTaskResult as _;
use crate::graph::{Graph, GraphNode};
use crate::interrupt::{GraphInterrupt as _, Waiting};
use crate::run::stream::kind::Whole;
use crate::run::{Mode, Part, PushedPart, SubgraphPart, UpdatePart, Values};
use crate::state::{FieldSet, RunValues, State};

/// A graph whose parts serialize to JSON: its state, updates, inputs and custom events do.
pub trait JsonGraph:
    Graph<
        State: Serialize + State<Values: Serialize>,
        Update: Serialize,
        Task: Serialize,
        Custom: Serialize,
        SubgraphItem<Whole>: Serialize,
    >
{
}

impl<G> JsonGraph for G where
    G: Graph<
            State: Serialize + State<Values: Serialize>,
            Update: Serialize,
            Task: Serialize,
            Custom: Serialize,
            SubgraphItem<Whole>: Serialize,
        >
{
}

/// `{"type": mode, "ns": [], "data": ..}`, LangGraph's `version="v2"`; `values` also has `interrupts`.
///
/// The data of events, which are no stream mode in LangGraph, is in LangChain's `astream_events` form.
impl<G: JsonGraph> Serialize for Part<G> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let PartJson { mode, namespace, data } = PartJson::of(self).map_err(S::Error::custom)?;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", mode)?;
        map.serialize_entry("ns", &namespace)?;
        map.serialize_entry("data", &data)?;
        if mode == "values" {
            let interrupts: [&str; 0] = [];
            map.serialize_entry("interrupts", &interrupts)?;
        }
        map.end()
    }
}

/// A part as JSON.
pub(crate) struct PartJson {
    pub mode: &'static str,
    /// The enclosing tasks.
    pub namespace: Vec<String>,
    pub data: Value,
}

impl PartJson {
    pub(crate) fn of<G: JsonGraph>(part: &Part<G>) -> Result<Self, serde_json::Error> {
        let (mode, data) = match part {
            Part::Subgraph(inside) => return inside_json(inside),
            Part::Values(output) => ("values", values_json::<G>(output)),
            Part::Update(part) => ("updates", update_json(part)),
            Part::Pushed(pushed) => ("updates", Ok(pushed_json(pushed))),
            Part::TaskResult(part) => {
                ("updates", part.result.to_json().map(|value| json!({part.result.task(): value})))
            }
            // LangGraph's form; the next nodes are in `next` of the thread's state.
            Part::Breakpoint(_) => ("updates", Ok(json!({"__interrupt__": []}))),
            Part::Interrupt(waiting) => {
                ("updates", interrupt_json(waiting).map(|asked| json!({"__interrupt__": [asked]})))
            }
            Part::Message(message) => ("messages", message_json(message)),
            Part::Custom(custom) => ("custom", serde_json::to_value(&custom.event)),
            Part::Tool(tool) => ("tools", tool_json(tool)),
            Part::Task(task) => ("tasks", task_json(task)),
            Part::Checkpoint(snapshot) => ("checkpoints", snapshot_json(snapshot)),
            Part::Debug(debug) => ("debug", debug_json(debug)),
            Part::Event(event) => ("events", event_json(event)),
        };
        Ok(Self { mode, namespace: Vec::new(), data: data? })
    }
}

/// The part in the subgraph's own form, with its namespace in this graph.
fn inside_json<G: JsonGraph>(inside: &SubgraphPart<G>) -> Result<PartJson, serde_json::Error> {
    let mut part = serde_json::to_value(&inside.part)?;
    let named = part["type"].as_str().and_then(|name| Mode::NAMES.iter().find(|(_, mode)| *mode == name));
    let mode = named.map_or("", |(_, mode)| mode);
    Ok(PartJson { mode, namespace: inside.namespace.texts().collect(), data: part["data"].take() })
}

type Json = Result<Value, serde_json::Error>;

/// The state without unwritten late fields.
fn state_json<G: JsonGraph>(state: &G::State) -> Json {
    without::<G>(state.unwritten(), serde_json::to_value(state)?)
}

fn values_json<G: JsonGraph>(values: &Values<G>) -> Json {
    without::<G>(values.__unwritten(), serde_json::to_value(values)?)
}

#[expect(clippy::unnecessary_wraps, reason = "an arm of a match over results")]
fn without<G: Graph>(unwritten: FieldSet, mut value: Value) -> Json {
    if let Value::Object(fields) = &mut value {
        for (index, field) in <G::State as State>::FIELDS.iter().enumerate() {
            if unwritten.contains(index) {
                fields.remove(field.json);
            }
        }
    }
    Ok(value)
}

/// `{node: {field: [message]}}`
fn pushed_json<G: Graph>(pushed: &PushedPart<G>) -> Value {
    let field = <G::State as State>::FIELDS.iter().find(|field| field.name == pushed.field);
    let field = field.map_or(pushed.field, |field| field.json);
    json!({pushed.node.name(): {field: [pushed.message]}})
}

/// `{node: update}`, and whether it was cached.
fn update_json<G: JsonGraph>(part: &UpdatePart<G>) -> Json {
    let mut value = serde_json::to_value(&part.update)?;
    if let (Value::Object(map), true) = (&mut value, part.cached) {
        map.insert("__metadata__".to_owned(), json!({"cached": true}));
    }
    Ok(value)
}

/// `{"value", "id"}`
fn interrupt_json<G: Graph>(waiting: &Waiting<G>) -> Json {
    Ok(json!({"value": waiting.value.to_json()?, "id": waiting.id}))
}

/// The payload of an enum's variant: `{"node": value}` without the name.
fn only_value(value: Value) -> Value {
    match value {
        Value::Object(map) if map.len() == 1 => map.into_iter().next().map_or(Value::Null, |(_, value)| value),
        value => value,
    }
}
