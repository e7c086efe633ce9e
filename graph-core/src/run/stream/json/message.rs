//! Messages with their metadata, and LangGraph's names of what triggers a node.

use serde_json::{Map, Value, json};

use super::Json;
use crate::graph::{Graph, GraphNode, Target};
use crate::run::{MessageContent, MessagePart};

/// `[message, metadata]`.
pub(super) fn message_json<G: Graph>(part: &MessagePart<G>) -> Json {
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
pub(super) fn triggers<G: Graph>(node: G::Node) -> Value {
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
