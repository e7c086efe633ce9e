//! The reducer for conversations.
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::list::Messages;
use super::role::Role;
use super::single::Message;
use crate::state::{Combine, Reducer};

/// Up to this many messages in a write are found by a linear scan; above, an index of ids is built.
const FEW: usize = 8;

/// Merges messages by id, as LangGraph's `add_messages` does.
///
/// - A message without an id gets a random one in [`prepare`](Reducer::prepare), so that the stream, the log and the
///   state agree on it.
/// - A message whose id exists already replaces that message; others are appended. Of two with the same id in one
///   write, the last one wins.
/// - [`Message::remove`] deletes the message with that id. An unknown id is ignored, where LangGraph raises: a reducer
///   cannot fail, because the log is replayed through it.
/// - [`Message::remove_all`] deletes every message, including those before it in the same write; messages after the
///   last one stay.
///
/// ```
/// use graph_core::message::{AddMessages, Message};
/// use graph_core::state::Reducer;
///
/// let mut messages = vec![Message::user("hello").with_id("m1"), Message::assistant("hi").with_id("m2")];
/// AddMessages::reduce(&mut messages, Message::assistant("hi there").with_id("m2").into());
/// assert_eq!((messages.len(), messages[1].text().as_str()), (2, "hi there"));
/// AddMessages::reduce(&mut messages, Message::remove("m1").into());
/// assert_eq!(messages.len(), 1);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct AddMessages;

impl Reducer<Vec<Message>> for AddMessages {
    type Input = Messages;

    fn prepare(input: &mut Messages) {
        for message in input.as_mut_slice() {
            message.ensure_id();
        }
    }

    fn reduce(current: &mut Vec<Message>, input: Messages) {
        let keep_from = input.iter().rposition(Message::is_remove_all).map_or(0, |last| last + 1);
        if keep_from > 0 {
            current.clear();
        }
        let many = input.len() - keep_from > FEW;
        let mut positions = if many { Positions::indexed(current) } else { Positions::Scan };
        let mut removed = BTreeSet::new();
        for message in input.into_iter().skip(keep_from) {
            let position = positions.find(current, &message);
            match (position, message.role() == Role::Remove) {
                (Some(position), true) => drop(removed.insert(position)),
                (Some(position), false) => {
                    removed.remove(&position);
                    current[position] = message;
                }
                (None, true) => {}
                (None, false) => {
                    positions.note(&message, current.len());
                    current.push(message);
                }
            }
        }
        if !removed.is_empty() {
            remove_at(current, removed);
        }
    }

    fn held(current: &Vec<Message>) -> &[Message] {
        current
    }

    fn messages(input: &Messages) -> &[Message] {
        input
    }
}

/// A message that the first write removes and the second adds again keeps its position, as within one write.
impl Combine<Vec<Message>> for AddMessages {
    fn combine(first: &mut Messages, then: Messages) {
        first.extend(then);
    }
}

/// How the message with a given id is found.
enum Positions {
    /// By a scan from the end, where most edits are.
    Scan,
    /// By an index, for big writes.
    Index(HashMap<Arc<str>, usize>),
}

impl Positions {
    fn indexed(current: &[Message]) -> Self {
        let ids = current.iter().enumerate().filter_map(|(position, message)| Some((message.0.id.clone()?, position)));
        Positions::Index(ids.collect())
    }

    fn find(&self, current: &[Message], message: &Message) -> Option<usize> {
        let id = message.0.id.as_deref()?;
        match self {
            Positions::Scan => current.iter().rposition(|known| known.0.id.as_deref() == Some(id)),
            Positions::Index(positions) => positions.get(id).copied(),
        }
    }

    fn note(&mut self, message: &Message, position: usize) {
        if let (Positions::Index(positions), Some(id)) = (self, &message.0.id) {
            positions.insert(id.clone(), position);
        }
    }
}

/// Deletes the messages at these indexes, in one pass.
fn remove_at(messages: &mut Vec<Message>, positions: BTreeSet<usize>) {
    let mut removed = positions.into_iter().peekable();
    let mut position = 0;
    messages.retain(|_| {
        let keep = removed.next_if_eq(&position).is_none();
        position += 1;
        keep
    });
}

#[cfg(test)]
#[path = "add_messages_tests.rs"]
mod tests;
