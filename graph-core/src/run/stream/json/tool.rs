//! Tool calls.

use serde_json::json;

use super::Json;
use crate::graph::Graph;
use crate::run::ToolPart;
use crate::tool::ToolEvent;

/// `{"event": "tool-started", "tool_call_id", "tool_name", "input"}` and so on.
pub(super) fn tool_json<G: Graph>(part: &ToolPart<G>) -> Json {
    let id = &*part.call_id;
    Ok(match &part.event {
        ToolEvent::Started { input } => {
            json!({"event": "tool-started", "tool_call_id": id, "tool_name": &*part.name, "input": input})
        }
        ToolEvent::OutputDelta(delta) => json!({"event": "tool-output-delta", "tool_call_id": id, "delta": delta}),
        ToolEvent::Finished(output) => {
            json!({"event": "tool-finished", "tool_call_id": id, "output": serde_json::to_value(output)?})
        }
        ToolEvent::Failed { error } => json!({"event": "tool-error", "tool_call_id": id, "message": error}),
    })
}
