//! The place of a task in its graph and in the graphs around it, for metadata.

use serde_json::{Map, Value, json};

use super::namespace::{Namespace, Segment};
use crate::context::TaskInfo;
use crate::graph::{Graph, Target, Topology};

const PULL: &str = "__pregel_pull";
const PUSH: &str = "__pregel_push";

/// The place of a task: its node, step and index, and the tasks around its graph.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    topology: &'static Topology,
    node: usize,
    pub step: i64,
    index: usize,
    segment: Segment,
    /// `None` unless the graph runs inside a task.
    around: Option<Namespace>,
}

impl Place {
    pub(crate) fn of<G: Graph>(task: &TaskInfo, around: Option<&Namespace>) -> Self {
        Self {
            topology: const { &G::TOPOLOGY },
            node: task.node,
            step: task.step,
            index: task.index,
            segment: Segment { node: task.name, task: task.id(), call: 0 },
            around: around.cloned(),
        }
    }

    /// The tasks around the graph, and the task itself.
    pub(crate) fn namespace(&self) -> Namespace {
        match &self.around {
            Some(around) => around.then(self.segment),
            None => Namespace::of(self.segment),
        }
    }

    /// The namespace of a graph that the task runs.
    pub(crate) fn inside(&self, call: u32) -> Namespace {
        let segment = Segment { call, ..self.segment };
        self.around.as_ref().map_or_else(|| Namespace::of(segment), |around| around.then(segment))
    }

    /// Inserts LangGraph's metadata of the task.
    pub(super) fn describe(&self, metadata: &mut Map<String, Value>) {
        let shape = &self.topology.nodes[self.node];
        let path = if shape.info.has_task_input { json!([PUSH, self.index, false]) } else { json!([PULL, shape.name]) };
        metadata.insert("langgraph_step".to_owned(), self.step.into());
        metadata.insert("langgraph_node".to_owned(), shape.name.into());
        metadata.insert("langgraph_triggers".to_owned(), triggers(self.topology, self.node));
        metadata.insert("langgraph_path".to_owned(), path);
        metadata.insert("langgraph_checkpoint_ns".to_owned(), self.namespace().to_string().into());
    }
}

/// The task around a child run, and the namespace of the child.
#[derive(Debug)]
pub(crate) struct Around {
    pub place: Place,
    pub namespace: Namespace,
}

/// The triggers of a node: LangGraph's channel names.
pub(super) fn triggers(topology: &Topology, node: usize) -> Value {
    let shape = &topology.nodes[node];
    if shape.info.has_task_input {
        return json!([PUSH]);
    }
    let joins = topology.joins.iter().filter(|join| join.targets.contains(&Target::Node(node)));
    let names = joins.map(|join| {
        let sources: Vec<_> = join.sources.iter().map(|source| topology.nodes[*source].name).collect();
        format!("join:{}:{}", sources.join("+"), shape.name)
    });
    json!(std::iter::once(format!("branch:to:{}", shape.name)).chain(names).collect::<Vec<_>>())
}
