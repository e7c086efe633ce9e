//! One message or many: the write to a field of messages.
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::foreign;
use super::single::Message;

/// One message or many: the input of [`AddMessages`](super::AddMessages).
///
/// ```
/// use graph_core::message::{Message, Messages};
///
/// let one: Messages = Message::user("hi").into();
/// let many: Messages = vec![Message::user("hi"), Message::assistant("hello")].into();
/// let removals: Messages = many.iter().map(|m| Message::remove(m.id())).collect();
/// assert_eq!((one.len(), many.len(), removals.len()), (1, 2, 2));
/// assert_eq!(many.to_string(), "user: hi\nassistant: hello");
/// ```
#[derive(Clone, Debug)]
pub struct Messages(Repr);

/// A single message, by far the most frequent write, needs no heap allocation.
#[derive(Clone, Debug)]
enum Repr {
    One([Message; 1]),
    Many(Vec<Message>),
}

impl Messages {
    /// No messages.
    pub fn new() -> Self {
        Messages(Repr::Many(Vec::new()))
    }

    /// Adds a message at the end.
    pub fn push(&mut self, message: Message) {
        if self.is_empty() {
            *self = Messages::from(message);
            return;
        }
        if let Repr::One([first]) = &self.0 {
            self.0 = Repr::Many(vec![first.clone()]);
        }
        if let Repr::Many(messages) = &mut self.0 {
            messages.push(message);
        }
    }

    /// The messages, mutable.
    pub fn as_mut_slice(&mut self) -> &mut [Message] {
        match &mut self.0 {
            Repr::One(one) => one,
            Repr::Many(many) => many,
        }
    }

    /// The messages as a list.
    pub fn into_vec(self) -> Vec<Message> {
        match self.0 {
            Repr::One(one) => one.into(),
            Repr::Many(many) => many,
        }
    }
}

impl Deref for Messages {
    type Target = [Message];

    fn deref(&self) -> &[Message] {
        match &self.0 {
            Repr::One(one) => one,
            Repr::Many(many) => many,
        }
    }
}

impl Default for Messages {
    fn default() -> Self {
        Messages::new()
    }
}

impl PartialEq for Messages {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl From<Message> for Messages {
    fn from(message: Message) -> Self {
        Messages(Repr::One([message]))
    }
}

impl From<Vec<Message>> for Messages {
    fn from(messages: Vec<Message>) -> Self {
        Messages(Repr::Many(messages))
    }
}

impl<const N: usize> From<[Message; N]> for Messages {
    fn from(messages: [Message; N]) -> Self {
        Vec::from(messages).into()
    }
}

impl From<Messages> for Vec<Message> {
    fn from(messages: Messages) -> Self {
        messages.into_vec()
    }
}

impl FromIterator<Message> for Messages {
    fn from_iter<I: IntoIterator<Item = Message>>(messages: I) -> Self {
        Messages(Repr::Many(messages.into_iter().collect()))
    }
}

impl Extend<Message> for Messages {
    fn extend<I: IntoIterator<Item = Message>>(&mut self, messages: I) {
        for message in messages {
            self.push(message);
        }
    }
}

impl IntoIterator for Messages {
    type Item = Message;
    type IntoIter = std::vec::IntoIter<Message>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a> IntoIterator for &'a Messages {
    type Item = &'a Message;
    type IntoIter = std::slice::Iter<'a, Message>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Always a list.
impl Serialize for Messages {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

/// One message or a list of them, each in any form that [`Message`] accepts. `null` is no message.
impl<'de> Deserialize<'de> for Messages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = match Value::deserialize(deserializer)? {
            Value::Null => Ok(Messages::new()),
            Value::Array(pair) if foreign::is_pair(&pair) => foreign::read_message(pair.into()).map(Messages::from),
            Value::Array(items) => items.into_iter().map(foreign::read_message).collect(),
            one => foreign::read_message(one).map(Messages::from),
        };
        read.map_err(serde::de::Error::custom)
    }
}
