//! Tasks and checkpoints, by themselves and in `debug` mode.

use serde_json::{Value, json};

use super::{Json, JsonGraph, interrupt_json, only_value, state_json};
use crate::checkpoint::Source;
use crate::context::{HANDLER, TaskId};
use crate::graph::{Graph, GraphNode};
use crate::interrupt::Waiting;
use crate::run::stream::place::triggers;
use crate::run::{DebugKind, DebugPart, TaskInput, TaskPart, TaskState};
use crate::state::State;
use crate::thread::{Snapshot, SnapshotTask};

const START: &str = "__start__";

pub(super) fn task_json<G: JsonGraph>(part: &TaskPart<G>) -> Json {
    let (id, name) = (part.id, part.node.name());
    let name = if part.handler.is_some() { format!("{HANDLER}{name}") } else { name.to_owned() };
    let result = |error: Value, result: Value| json!({"id": id, "name": name, "error": error, "result": result, "interrupts": []});
    Ok(match &part.state {
        TaskState::Started { input } => {
            let input = match input {
                TaskInput::State(state) => state_json::<G>(state)?,
                TaskInput::Sent(task) => only_value(serde_json::to_value(task)?),
            };
            json!({"id": id, "name": name, "input": input, "triggers": triggers(&G::TOPOLOGY, part.node.index())})
        }
        TaskState::Done(update) | TaskState::Cached(update) => {
            result(Value::Null, only_value(serde_json::to_value(update)?))
        }
        TaskState::Failed { error } => result(json!(error), Value::Null),
        TaskState::Interrupted(waiting) => {
            let interrupts = interrupts_json(waiting)?;
            json!({"id": id, "name": name, "error": null, "result": {}, "interrupts": interrupts})
        }
        TaskState::Cancelled => result(json!("cancelled"), Value::Null),
    })
}

/// LangGraph shows them with a schema of the answer, which is not known here.
fn interrupts_json<G: Graph>(waiting: &[Waiting<G>]) -> Json {
    let mut interrupts = Vec::new();
    for waiting in waiting {
        let mut interrupt = interrupt_json(waiting)?;
        interrupt["response_schema"] = Value::Null;
        interrupts.push(interrupt);
    }
    Ok(Value::Array(interrupts))
}

pub(super) fn snapshot_json<G: JsonGraph>(snapshot: &Snapshot<G>) -> Json {
    let config = |id: &uuid::Uuid| json!({"configurable": {"checkpoint_ns": "", "thread_id": &*snapshot.thread_id, "checkpoint_id": id}});
    let seed = snapshot.id.unwrap_or_default();
    let is_input = is_input(snapshot);
    let tasks: Vec<Value> = if is_input {
        vec![
            json!({"id": TaskId::new(seed, snapshot.step + 1, START, 0), "name": START, "interrupts": [], "state": null}),
        ]
    } else {
        let task = |task: &SnapshotTask<G>| {
            let interrupts = interrupts_json(&task.interrupts)?;
            Ok(json!({"id": task.id, "name": task.node.name(), "interrupts": interrupts, "state": null}))
        };
        snapshot.tasks.iter().map(task).collect::<Result<_, serde_json::Error>>()?
    };
    Ok(json!({
        "config": snapshot.id.as_ref().map(config),
        "parent_config": snapshot.parent.as_ref().map(config),
        "values": snapshot_values(snapshot)?,
        "metadata": {"source": snapshot.source, "step": snapshot.step, "parents": {}},
        "next": next_names(snapshot),
        "tasks": tasks,
    }))
}

/// Whether it is an input's own checkpoint.
fn is_input<G: Graph>(snapshot: &Snapshot<G>) -> bool {
    snapshot.source == Source::Input && snapshot.id.is_some()
}

/// The names of the nodes that run next.
pub(crate) fn next_names<G: Graph>(snapshot: &Snapshot<G>) -> Vec<&'static str> {
    if is_input(snapshot) { vec![START] } else { snapshot.next.iter().map(|node| node.name()).collect() }
}

/// The state of a checkpoint.
pub(crate) fn snapshot_values<G: JsonGraph>(snapshot: &Snapshot<G>) -> Json {
    let mut values = state_json::<G>(&snapshot.values)?;
    if is_input(snapshot) && snapshot.parent.is_none() {
        remove_unwritten_input::<G>(&mut values);
    }
    Ok(values)
}

/// Before a thread's first input, the fields of the input have no value yet, except where a reducer folds into one. If none
/// is marked as input, all are.
fn remove_unwritten_input<G: Graph>(values: &mut Value) {
    let fields = <G::State as State>::FIELDS;
    let any_marked = fields.iter().any(|field| field.input);
    if let Value::Object(values) = values {
        let unwritten = fields.iter().filter(|field| field.reducer.is_none() && (field.input || !any_marked));
        unwritten.for_each(|field| _ = values.remove(field.json));
    }
}

pub(super) fn debug_json<G: JsonGraph>(debug: &DebugPart<G>) -> Json {
    let (kind, payload) = match &debug.kind {
        DebugKind::Task(task) if matches!(task.state, TaskState::Started { .. }) => ("task", task_json(task)?),
        DebugKind::Task(task) => ("task_result", task_json(task)?),
        DebugKind::Checkpoint(snapshot) => ("checkpoint", snapshot_json(snapshot)?),
    };
    let at = humantime::format_rfc3339_micros(debug.at).to_string();
    Ok(json!({"step": debug.step, "timestamp": at, "type": kind, "payload": payload}))
}
