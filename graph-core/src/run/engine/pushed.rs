//! Messages that nodes push: written with what they return.

use crate::context::TaskInfo;
use crate::graph::Graph;
use crate::message::Message;
use crate::state::{FieldSet, MessagesState, State, Update};

/// A message that a node has pushed.
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
            let mut update = G::State::__messages_update(message.into());
            update.prepare();
            update
        };
        Self { task, field: G::State::MESSAGES, message, write }
    }
}

impl<G: Graph> Pushed<G> {
    /// The message as a write.
    pub(super) fn to_update(&self) -> <G::State as State>::Update {
        (self.write)(self.message.clone())
    }

    /// The field that it writes.
    pub(super) fn written(&self) -> FieldSet {
        FieldSet::one(FieldSet::index::<G::State>(self.field))
    }
}
