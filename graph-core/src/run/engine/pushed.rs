//! Messages that nodes push; they are written together with the node's update.

use crate::context::TaskInfo;
use crate::graph::Graph;
use crate::message::Message;
use crate::state::{FieldSet, HasMessages, State, Update};

/// A pushed message.
pub(crate) struct Pushed<G: Graph> {
    pub task: TaskInfo,
    pub field: &'static str,
    pub message: Message,
    /// Converts it into an update: a function, because only the typed context knows that the state has the field.
    write: fn(Message) -> <G::State as State>::Update,
}

impl<G: Graph<State: HasMessages>> Pushed<G> {
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
    /// The message as an update.
    pub(super) fn to_update(&self) -> <G::State as State>::Update {
        (self.write)(self.message.clone())
    }

    /// The field it writes.
    pub(super) fn written(&self) -> FieldSet {
        FieldSet::one(FieldSet::index::<G::State>(self.field))
    }
}
