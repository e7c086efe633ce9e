//! Tasks and checkpoints, by themselves and in `debug` mode.

use serde_json::{Value, json};

use super::{Json, JsonGraph, only_value, state_json};
use crate::context::{HANDLER, TaskId};
use crate::graph::GraphNode;
use crate::run::stream::place::triggers;
use crate::run::{DebugKind, DebugPart, TaskInput, TaskPart, TaskState};
use crate::thread::Snapshot;

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
        TaskState::Cancelled => result(json!("cancelled"), Value::Null),
    })
}

pub(super) fn snapshot_json<G: JsonGraph>(snapshot: &Snapshot<G>) -> Json {
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

pub(super) fn debug_json<G: JsonGraph>(debug: &DebugPart<G>) -> Json {
    let (kind, payload) = match &debug.kind {
        DebugKind::Task(task) if matches!(task.state, TaskState::Started { .. }) => ("task", task_json(task)?),
        DebugKind::Task(task) => ("task_result", task_json(task)?),
        DebugKind::Checkpoint(snapshot) => ("checkpoint", snapshot_json(snapshot)?),
    };
    let at = humantime::format_rfc3339_micros(debug.at).to_string();
    Ok(json!({"step": debug.step, "timestamp": at, "type": kind, "payload": payload}))
}
