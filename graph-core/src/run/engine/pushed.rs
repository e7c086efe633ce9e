//! Messages that nodes push: written with what they return.

use crate::context::TaskInfo;
use crate::graph::{Graph, GraphNode};
use crate::message::Message;
use crate::state::{FieldSet, MessagesState, State, Update};

/// A message that a node has pushed, while its task runs.
pub(crate) struct Pushed<G: Graph> {
    pub task: TaskInfo,
    pub field: &'static str,
    pub message: Message,
    /// Makes it a write: a function, because only the context knew that the state has such a field.
    write: fn(Message) -> <G::State as State>::Update,
}

impl<G: Graph<State: MessagesState>> Pushed<G> {
    pub(crate) fn new(task: TaskInfo, message: Message) -> Self {
        let write = |message: Message| {
            let mut update = G::State::__say(message.into());
            update.prepare();
            update
        };
        Self { task, field: G::State::MESSAGES, message, write }
    }
}

/// What the tasks of a step have pushed, by the places of the tasks. Empty, and without memory of its own, where nobody
/// pushes.
pub(crate) struct Pushes<G: Graph>(Vec<(usize, G::Node, <G::State as State>::Update)>);

impl<G: Graph> Pushes<G> {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the task at this place has pushed anything.
    pub(crate) fn has(&self, task: usize) -> bool {
        self.0.iter().any(|(pushing, ..)| *pushing == task)
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes a message of a task that has ended well, and gives the field that it writes.
    pub(crate) fn add(&mut self, pushed: Pushed<G>) -> FieldSet {
        let update = (pushed.write)(pushed.message);
        let written = update.written();
        self.0.push((pushed.task.index, G::Node::ALL[pushed.task.node], update));
        written
    }

    /// All writes of a step, in the order in which they are applied: what a task pushed stands before what it returned,
    /// but behind what replaces the whole field. So a message is not lost for the place of its node in the graph.
    pub(crate) fn among(
        &mut self,
        updates: impl Iterator<Item = Option<(G::Node, <G::State as State>::Update)>>,
    ) -> Vec<(G::Node, <G::State as State>::Update)> {
        let mut replacing = Vec::new();
        let mut writes = Vec::new();
        for (index, update) in updates.enumerate() {
            let Some((node, update)) = update else { continue };
            replacing.push((index, G::TOPOLOGY.nodes[node.index()].info.replaces));
            writes.push(((2 * index + 1, index), node, update));
        }
        let pushed = self.0.drain(..).map(|(index, node, update)| {
            let replaces = |&(_, fields): &(usize, FieldSet)| !fields.intersection(update.written()).is_empty();
            let later = replacing.iter().rfind(|write| write.0 > index && replaces(write));
            ((later.map_or(2 * index, |(later, _)| 2 * later + 2), index), node, update)
        });
        writes.extend(pushed);
        // Stable: what a task pushes first comes first.
        writes.sort_by_key(|write| write.0);
        writes.into_iter().map(|(_, node, update)| (node, update)).collect()
    }
}
