//! The reducer of conversations.
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::list::Messages;
use super::role::Role;
use super::single::Message;
use crate::state::{Combine, Reducer};

/// Up to this many messages in a write are looked up one by one; above, an index of ids is built.
const FEW: usize = 8;

/// Merges messages by id, as LangGraph's `add_messages` does.
///
/// - A message without an id is given a random one, in [`prepare`](Reducer::prepare), so that the stream, the log and the
///   state agree on it.
/// - A message whose id is there already takes its place; others are appended. Of two with the same id in one write the
///   last one counts.
/// - [`Message::remove`] deletes the message with that id. One that is not there is ignored, where LangGraph raises: a
///   reducer cannot fail, because the log is read back by reducing again.
/// - [`Message::remove_all`] drops everything, messages before it in the same write included; what follows the last one
///   stays.
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
        let mut places = if many { Places::indexed(current) } else { Places::Scan };
        let mut removed = BTreeSet::new();
        for message in input.into_iter().skip(keep_from) {
            let place = places.find(current, &message);
            match (place, message.role() == Role::Remove) {
                (Some(place), true) => drop(removed.insert(place)),
                (Some(place), false) => {
                    removed.remove(&place);
                    current[place] = message;
                }
                (None, true) => {}
                (None, false) => {
                    places.note(&message, current.len());
                    current.push(message);
                }
            }
        }
        if !removed.is_empty() {
            drop_places(current, removed);
        }
    }

    fn held(current: &Vec<Message>) -> &[Message] {
        current
    }

    fn messages(input: &Messages) -> &[Message] {
        input
    }
}

/// A message that the first removes and the second adds again keeps its place, as within one write.
impl Combine<Vec<Message>> for AddMessages {
    fn combine(first: &mut Messages, then: Messages) {
        first.extend(then);
    }
}

/// How the message with a given id is found.
enum Places {
    /// By looking, from the end, where edits mostly are.
    Scan,
    /// By an index, for big writes.
    Index(HashMap<Arc<str>, usize>),
}

impl Places {
    fn indexed(current: &[Message]) -> Self {
        let ids = current.iter().enumerate().filter_map(|(place, message)| Some((message.0.id.clone()?, place)));
        Places::Index(ids.collect())
    }

    fn find(&self, current: &[Message], message: &Message) -> Option<usize> {
        let id = message.0.id.as_deref()?;
        match self {
            Places::Scan => current.iter().rposition(|known| known.0.id.as_deref() == Some(id)),
            Places::Index(places) => places.get(id).copied(),
        }
    }

    fn note(&mut self, message: &Message, place: usize) {
        if let (Places::Index(places), Some(id)) = (self, &message.0.id) {
            places.insert(id.clone(), place);
        }
    }
}

/// Deletes the messages at these places, in one pass.
fn drop_places(messages: &mut Vec<Message>, places: BTreeSet<usize>) {
    let mut gone = places.into_iter().peekable();
    let mut place = 0;
    messages.retain(|_| {
        let keep = gone.next_if_eq(&place).is_none();
        place += 1;
        keep
    });
}

#[cfg(test)]
#[path = "add_messages_tests.rs"]
mod tests;
