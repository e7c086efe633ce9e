//! Parts as JSON, in the shape of LangGraph's `version="v2"` stream: `{"type", "ns", "data"}`.

use serde::Serialize;
use serde::ser::{Error as _, SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use crate::context::{HANDLER, SpanKind, TaskId};
use crate::graph::{Graph, GraphNode, Target};
use crate::run::stream::kind::Whole;
use crate::run::{
    DebugKind, DebugPart, Event, EventData, MessageContent, MessagePart, Output, Part, Phase, SubgraphPart, TaskInput,
    TaskPart, TaskState, UpdatePart,
};
use crate::state::{FieldSet, RunOutput, State};
use crate::thread::Snapshot;

/// A graph whose parts serialize to JSON: its state, updates, inputs and custom events do.
pub trait JsonGraph:
    Graph<
        State: Serialize + State<Output: Serialize>,
        Update: Serialize,
        Task: Serialize,
        Custom: Serialize,
        SubgraphItem<Whole>: Serialize,
    >
{
}

impl<G> JsonGraph for G where
    G: Graph<
            State: Serialize + State<Output: Serialize>,
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
        let (mode, data) = match self {
            Self::Subgraph(inside) => return inside_json(inside).map_err(S::Error::custom)?.serialize(serializer),
            Self::Values(output) => ("values", output_json::<G>(output)),
            Self::Update(part) => ("updates", update_json(part)),
            Self::Pushed(pushed) => ("updates", Ok(json!({pushed.node.name(): {pushed.field: [pushed.message]}}))),
            // LangGraph's form; the next nodes are in `next` of the thread's state.
            Self::Breakpoint(_) => ("updates", Ok(json!({"__interrupt__": []}))),
            Self::Message(message) => ("messages", message_json(message)),
            Self::Custom(custom) => ("custom", serde_json::to_value(&custom.event)),
            Self::Task(task) => ("tasks", task_json(task)),
            Self::Checkpoint(snapshot) => ("checkpoints", snapshot_json(snapshot)),
            Self::Debug(debug) => ("debug", debug_json(debug)),
            Self::Event(event) => ("events", event_json(event)),
        };
        let namespace: [&str; 0] = [];
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", mode)?;
        map.serialize_entry("ns", &namespace)?;
        map.serialize_entry("data", &data.map_err(S::Error::custom)?)?;
        if matches!(self, Self::Values(_)) {
            map.serialize_entry("interrupts", &namespace)?;
        }
        map.end()
    }
}

/// The part in the subgraph's own form, with its namespace in this graph.
fn inside_json<G: JsonGraph>(inside: &SubgraphPart<G>) -> Json {
    let mut value = serde_json::to_value(&inside.part)?;
    if let Value::Object(part) = &mut value {
        part.insert("ns".to_owned(), serde_json::to_value(&inside.namespace)?);
    }
    Ok(value)
}

type Json = Result<Value, serde_json::Error>;

/// The state without unwritten late fields.
fn state_json<G: JsonGraph>(state: &G::State) -> Json {
    without::<G>(state.unwritten(), serde_json::to_value(state)?)
}

fn output_json<G: JsonGraph>(output: &Output<G>) -> Json {
    without::<G>(output.__unwritten(), serde_json::to_value(output)?)
}

#[expect(clippy::unnecessary_wraps, reason = "an arm of a match over results")]
fn without<G: Graph>(unwritten: FieldSet, mut value: Value) -> Json {
    if let Value::Object(fields) = &mut value {
        for (index, field) in <G::State as State>::FIELDS.iter().enumerate() {
            if unwritten.contains(index) {
                fields.remove(field.name);
            }
        }
    }
    Ok(value)
}

/// `{node: update}`, and whether it was cached.
fn update_json<G: JsonGraph>(part: &UpdatePart<G>) -> Json {
    let mut value = serde_json::to_value(&part.update)?;
    if let (Value::Object(map), true) = (&mut value, part.cached) {
        map.insert("__metadata__".to_owned(), json!({"cached": true}));
    }
    Ok(value)
}

/// `[message, metadata]`.
fn message_json<G: Graph>(part: &MessagePart<G>) -> Json {
    let message = match &part.content {
        MessageContent::Chunk(chunk) => serde_json::to_value(chunk)?,
        MessageContent::Whole(message) => serde_json::to_value(message)?,
    };
    let name = part.node.name();
    let mut metadata = Map::clone(&part.metadata);
    metadata.extend(part.thread_id.as_ref().map(|id| ("thread_id".to_owned(), json!(&**id))));
    metadata.insert("langgraph_step".to_owned(), part.step.into());
    metadata.insert("langgraph_node".to_owned(), name.into());
    metadata.insert("langgraph_triggers".to_owned(), triggers::<G>(part.node));
    metadata.insert("langgraph_path".to_owned(), json!([if sent::<G>(part.node) { PUSH } else { PULL }, name]));
    metadata.insert("langgraph_checkpoint_ns".to_owned(), format!("{name}:{}", part.task).into());
    if let Some(model) = &part.model {
        metadata.insert("ls_provider".to_owned(), model.provider.clone().into());
        metadata.insert("ls_model_name".to_owned(), model.model.clone().into());
        metadata.insert("ls_model_type".to_owned(), "chat".into());
        if !model.tags.is_empty() {
            metadata.insert("tags".to_owned(), json!(model.tags));
        }
    }
    Ok(json!([message, metadata]))
}

const PULL: &str = "__pregel_pull";
const PUSH: &str = "__pregel_push";

/// Whether a node has a task input, sent by a `for` edge.
fn sent<G: Graph>(node: G::Node) -> bool {
    G::TOPOLOGY.nodes[node.index()].info.has_task_input
}

/// The triggers of a node: LangGraph's channel names.
fn triggers<G: Graph>(node: G::Node) -> Value {
    if sent::<G>(node) {
        return json!([PUSH]);
    }
    let topology = G::TOPOLOGY;
    let joins = topology.joins.iter().filter(|join| join.targets.contains(&Target::Node(node.index())));
    let names = joins.map(|join| {
        let sources: Vec<_> = join.sources.iter().map(|source| topology.nodes[*source].name).collect();
        format!("join:{}:{}", sources.join("+"), node.name())
    });
    json!(std::iter::once(format!("branch:to:{}", node.name())).chain(names).collect::<Vec<_>>())
}

fn task_json<G: JsonGraph>(part: &TaskPart<G>) -> Json {
    let (id, name) = (part.id, part.node.name());
    let name = if part.handler.is_some() { format!("{HANDLER}{name}") } else { name.to_owned() };
    let result = |error: Value, result: Value| json!({"id": id, "name": name, "error": error, "result": result, "interrupts": []});
    Ok(match &part.state {
        TaskState::Started { input } => {
            let input = match input {
                TaskInput::State(state) => state_json::<G>(state)?,
                TaskInput::Sent(task) => only_value(serde_json::to_value(task)?),
            };
            json!({"id": id, "name": name, "input": input, "triggers": triggers::<G>(part.node)})
        }
        TaskState::Done(update) | TaskState::Cached(update) => {
            result(Value::Null, only_value(serde_json::to_value(update)?))
        }
        TaskState::Failed { error } => result(json!(error), Value::Null),
        TaskState::Cancelled => result(json!("cancelled"), Value::Null),
    })
}

/// The payload of an enum's variant: `{"node": value}` without the name.
fn only_value(value: Value) -> Value {
    match value {
        Value::Object(map) if map.len() == 1 => map.into_iter().next().map_or(Value::Null, |(_, value)| value),
        value => value,
    }
}

fn snapshot_json<G: JsonGraph>(snapshot: &Snapshot<G>) -> Json {
    let config = |id: &uuid::Uuid| json!({"configurable": {"checkpoint_ns": "", "thread_id": &*snapshot.thread_id, "checkpoint_id": id}});
    let seed = snapshot.id.unwrap_or_default();
    let tasks = snapshot.next.iter().enumerate().map(|(index, node)| {
        let id = TaskId::new(seed, snapshot.step + 1, node.name(), index);
        json!({"id": id, "name": node.name(), "interrupts": [], "state": null})
    });
    let tasks: Vec<_> = tasks.collect();
    Ok(json!({
        "config": snapshot.id.as_ref().map(config),
        "parent_config": snapshot.parent.as_ref().map(config),
        "values": state_json::<G>(&snapshot.values)?,
        "metadata": {"source": snapshot.source, "step": snapshot.step, "parents": {}},
        "next": snapshot.next.iter().map(|node| node.name()).collect::<Vec<_>>(),
        "tasks": tasks,
    }))
}

fn debug_json<G: JsonGraph>(debug: &DebugPart<G>) -> Json {
    let (kind, payload) = match &debug.kind {
        DebugKind::Task(task) if matches!(task.state, TaskState::Started { .. }) => ("task", task_json(task)?),
        DebugKind::Task(task) => ("task_result", task_json(task)?),
        DebugKind::Checkpoint(snapshot) => ("checkpoint", snapshot_json(snapshot)?),
    };
    let at = humantime::format_rfc3339_micros(debug.at).to_string();
    Ok(json!({"step": debug.step, "timestamp": at, "type": kind, "payload": payload}))
}

/// LangChain's `astream_events` form: `{event, name, run_id, parent_ids, tags, metadata, data}`.
///
/// A node's own events hold its update; those of the graph hold it under the node's name.
fn event_json<G: JsonGraph>(event: &Event<G>) -> Json {
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
    if let Some(node) = event.node {
        metadata.insert("langgraph_step".to_owned(), event.step.into());
        metadata.insert("langgraph_node".to_owned(), node.name().into());
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
        EventData::Output(output) => output_json::<G>(output),
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
