//! The calls of a conversation that have no answer yet.

use serde::{Deserialize, Serialize};

use crate::message::{InvalidToolCall, Message, Role, ToolCall};

/// A call of the model that has no answer yet.
///
/// An invalid one is never executed, and gets an answer all the same: providers refuse a history without.
///
/// In JSON it is the call, with its `type`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, from = "Tagged")]
pub enum PendingCall {
    /// To be executed.
    Valid(ToolCall),
    /// Its arguments are not a JSON object, or the reply was cut off.
    Invalid(InvalidToolCall),
}

/// How it is read: its type decides, since the arguments of a valid call may be anything.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Tagged {
    ToolCall(ToolCall),
    InvalidToolCall(InvalidToolCall),
}

impl From<Tagged> for PendingCall {
    fn from(call: Tagged) -> Self {
        match call {
            Tagged::ToolCall(call) => Self::Valid(call),
            Tagged::InvalidToolCall(call) => Self::Invalid(call),
        }
    }
}

impl PendingCall {
    /// The id to answer with.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Valid(call) => &call.id,
            Self::Invalid(call) => &call.id,
        }
    }

    /// The name of the tool.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Valid(call) => &call.name,
            Self::Invalid(call) => &call.name,
        }
    }
}

impl From<ToolCall> for PendingCall {
    fn from(call: ToolCall) -> Self {
        Self::Valid(call)
    }
}

impl From<&ToolCall> for PendingCall {
    fn from(call: &ToolCall) -> Self {
        Self::Valid(call.clone())
    }
}

impl From<InvalidToolCall> for PendingCall {
    fn from(call: InvalidToolCall) -> Self {
        Self::Invalid(call)
    }
}

/// The calls of the last assistant message that have no answer yet, the invalid ones last.
///
/// Behind that message there may be answers only: if the user has said something else, nothing is pending.
///
/// ```
/// use graph_core::message::{Message, ToolCall};
/// use graph_core::tool::pending_calls;
///
/// let call = |id: &str| ToolCall::new(id, "search", serde_json::json!({}));
/// let mut messages = vec![Message::assistant("").with_tool_calls([call("c1"), call("c2")])];
/// messages.push(Message::tool("c1", "found"));
/// let pending = pending_calls(&messages);
/// assert_eq!((pending.len(), pending[0].id()), (1, "c2"));
/// ```
#[must_use]
pub fn pending_calls(messages: &[Message]) -> Vec<PendingCall> {
    let answers = messages.iter().rev().take_while(|message| message.role() == Role::Tool).count();
    let (before, answers) = messages.split_at(messages.len() - answers);
    let Some(asking) = before.last().filter(|message| message.role() == Role::Assistant) else { return Vec::new() };
    let mut answered: Vec<_> = answers.iter().map(Message::tool_call_id).collect();
    let valid = asking.tool_calls().iter().map(PendingCall::from);
    let invalid = asking.invalid_tool_calls().iter().cloned().map(PendingCall::from);
    // Each answer is that of one call, should two have the same id.
    let is_open = |call: &PendingCall| match answered.iter().position(|id| *id == call.id()) {
        Some(position) => {
            answered.swap_remove(position);
            false
        }
        None => true,
    };
    valid.chain(invalid).filter(is_open).collect()
}

/// Whether [`pending_calls`] has any.
#[must_use]
pub fn has_pending_calls(messages: &[Message]) -> bool {
    !pending_calls(messages).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn call(id: &str) -> ToolCall {
        ToolCall::new(id, "f", json!({}))
    }

    fn ids(messages: &[Message]) -> Vec<String> {
        pending_calls(messages).iter().map(|call| call.id().to_owned()).collect()
    }

    #[test]
    fn a_call_is_pending_until_it_has_an_answer() {
        let asking = Message::assistant("").with_tool_calls([call("a"), call("b")]);
        let tool = |id: &str| Message::tool(id, "");
        assert_eq!(ids(&[]), [""; 0]);
        assert_eq!(ids(&[Message::user("hi"), asking.clone()]), ["a", "b"]);
        assert_eq!(ids(&[asking.clone(), tool("b")]), ["a"]);
        assert_eq!(ids(&[asking.clone(), tool("b"), tool("a")]), [""; 0]);
        assert_eq!(ids(&[asking.clone(), tool("a"), Message::assistant("done")]), [""; 0]);
        assert_eq!(ids(&[asking, tool("a"), Message::user("never mind")]), [""; 0]);
    }

    #[test]
    fn an_invalid_call_is_pending_too() {
        let invalid = InvalidToolCall { id: "b".to_owned(), ..InvalidToolCall::default() };
        let asking = Message::assistant("").with_tool_calls([call("a")]).with_invalid_tool_calls([invalid]);
        assert_eq!(ids(std::slice::from_ref(&asking)), ["a", "b"]);
        assert_eq!(ids(&[asking, Message::tool("b", "")]), ["a"]);
    }

    #[test]
    fn calls_of_one_id_each_need_an_answer() {
        let asking = Message::assistant("").with_tool_calls([call(""), call("")]);
        assert_eq!(ids(&[asking, Message::tool("", "")]), [""]);
    }

    #[test]
    fn a_pending_call_is_saved_as_what_it_is() {
        let valid = PendingCall::from(call("a"));
        let invalid = PendingCall::from(InvalidToolCall { id: "b".to_owned(), ..InvalidToolCall::default() });
        for pending in [valid, invalid] {
            let json = serde_json::to_value(&pending).unwrap();
            assert_eq!(json["type"], if pending.id() == "a" { "tool_call" } else { "invalid_tool_call" });
            assert_eq!(serde_json::from_value::<PendingCall>(json).unwrap(), pending);
            let bytes = crate::checkpoint::format::write_value(&pending).unwrap();
            assert_eq!(crate::checkpoint::format::read_value::<PendingCall>(&bytes).unwrap(), pending);
        }
    }
}
