//! A history in which each call has an answer.

use super::PendingCall;
use crate::message::{Message, Role, ToolStatus};

/// The messages, in which each call has an answer: providers refuse a history without.
///
/// A call has none if its node was cancelled, or if a human has edited the history, and then the user has said something
/// else. It is answered, right behind the message that calls, by a tool message which says that it was not executed. For a
/// prompt: nothing of the state has to change.
///
/// ```
/// use graph_core::message::{Message, ToolCall};
/// use graph_core::tool::answered;
///
/// let call = ToolCall::new("c1", "search", serde_json::json!({}));
/// let messages = [Message::assistant("").with_tool_calls([call]), Message::user("never mind")];
/// let answered = answered(&messages);
/// assert_eq!((answered.len(), answered[1].tool_call_id()), (3, "c1"));
/// ```
#[must_use]
pub fn answered(messages: &[Message]) -> Vec<Message> {
    let mut all = Vec::with_capacity(messages.len());
    for (index, message) in messages.iter().enumerate() {
        all.push(message.clone());
        let calls = message.tool_calls().iter().map(PendingCall::from);
        let calls = calls.chain(message.invalid_tool_calls().iter().cloned().map(PendingCall::from));
        let mut open: Vec<_> = calls.collect();
        // Until the next message of the model: an id may be used again.
        let behind = messages[index + 1..].iter().take_while(|message| message.role() != Role::Assistant);
        for answer in behind.filter(|message| message.role() == Role::Tool) {
            if let Some(position) = open.iter().position(|call| call.id() == answer.tool_call_id()) {
                open.remove(position);
            }
        }
        all.extend(open.iter().map(not_executed));
    }
    all
}

fn not_executed(call: &PendingCall) -> Message {
    let message = Message::tool(call.id(), "Error: the call was not executed").with_status(ToolStatus::Error);
    message.with_name(call.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{InvalidToolCall, ToolCall};
    use serde_json::json;

    #[test]
    fn only_calls_without_an_answer_get_one() {
        let call = |id: &str| ToolCall::new(id, "f", json!({}));
        let invalid = InvalidToolCall { id: "c".to_owned(), ..InvalidToolCall::default() };
        let asking = Message::assistant("").with_tool_calls([call("a"), call("b")]).with_invalid_tool_calls([invalid]);
        let messages = [
            Message::user("hi"),
            asking.clone(),
            Message::tool("b", "done"),
            Message::user("and?"),
            // The same ids again, as small servers give them.
            asking,
            Message::tool("a", ""),
            Message::tool("b", ""),
            Message::tool("c", ""),
        ];
        let all = answered(&messages);
        let ids: Vec<_> = all.iter().map(Message::tool_call_id).collect();
        assert_eq!(ids, ["", "", "a", "c", "b", "", "", "a", "b", "c"]);
        assert_eq!(all[2].status(), ToolStatus::Error);
        assert_eq!(answered(&all), all);
    }
}
