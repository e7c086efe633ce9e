//! The nodes and edges of a graph as JSON, in the form of LangGraph's `to_json`.

use graph_draw::{Edge, Node, Role};
use serde_json::{Map, Value, json};

use super::Topology;

pub(super) fn to_json(topology: &Topology) -> Value {
    let picture = topology.picture();
    let nodes: Vec<Value> = picture.nodes.iter().map(|shown| node(topology, shown)).collect();
    let mut edges: Vec<Value> = Vec::new();
    for shown in picture.edges.iter().map(edge) {
        // An edge that belongs to two joins is written once.
        if !edges.contains(&shown) {
            edges.push(shown);
        }
    }
    json!({ "nodes": nodes, "edges": edges })
}

fn node(topology: &Topology, shown: &Node) -> Value {
    let mut node = Map::new();
    node.insert("id".to_owned(), json!(shown.id));
    if shown.role != Role::Last {
        let known = topology.nodes.iter().find(|known| known.name == shown.id);
        let function = known.map_or(&*shown.id, |known| known.info.name);
        node.insert("type".to_owned(), json!("runnable"));
        node.insert("data".to_owned(), json!({ "id": [topology.name, function], "name": shown.label }));
    }
    if !shown.metadata.is_empty() {
        // Python's `True`, as in LangGraph's pictures.
        let value = |value: &str| if value == "True" { json!(true) } else { json!(value) };
        let metadata: Map<String, Value> =
            shown.metadata.iter().map(|(name, text)| (name.clone(), value(text))).collect();
        node.insert("metadata".to_owned(), Value::Object(metadata));
    }
    Value::Object(node)
}

fn edge(shown: &Edge) -> Value {
    let mut edge = Map::new();
    edge.insert("source".to_owned(), json!(shown.source));
    edge.insert("target".to_owned(), json!(shown.target));
    if !shown.label.is_empty() {
        edge.insert("data".to_owned(), json!(shown.label));
    }
    if shown.is_conditional() {
        edge.insert("conditional".to_owned(), json!(true));
    }
    Value::Object(edge)
}
