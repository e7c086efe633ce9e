//! The request, seen from the end of the conversation.
use super::super::prompt::Prompt;
use super::words::plain;
use crate::message::{Message, Role, ToolCall};

/// The parts of a prompt that the rules use.
pub(super) struct Request {
    /// The last user message, as written and normalised.
    pub(super) text: String,
    pub(super) plain: String,
    /// Earlier user messages, oldest first.
    pub(super) earlier: Vec<String>,
    /// All system messages.
    pub(super) system: String,
    /// The number of messages, without system messages.
    pub(super) message_count: usize,
    /// Tool calls since the last user message, and their results.
    pub(super) calls: Vec<ToolCall>,
    pub(super) results: Vec<Message>,
    /// Tool results at the very end, not answered yet.
    pub(super) fresh_results: usize,
    /// Whether the conversation has an answer in words already.
    pub(super) answered_before: bool,
}

impl Request {
    pub(super) fn of(prompt: &Prompt) -> Self {
        let messages = &prompt.messages;
        let of_role = |role: Role| messages.iter().filter(move |message| message.role() == role);
        let mut said: Vec<String> = of_role(Role::User).map(Message::text).collect();
        let system: Vec<String> = of_role(Role::System).map(Message::text).collect();
        // A prompt of instructions only is a request too.
        let text = said.pop().unwrap_or_else(|| system.join("\n"));
        let since = messages.iter().rposition(|message| message.role() == Role::User).map_or(0, |last| last + 1);
        let tail = &messages[since..];
        Request {
            plain: plain(&text),
            text,
            earlier: said,
            system: system.join("\n"),
            message_count: messages.len() - system.len(),
            calls: tail.iter().flat_map(|message| message.tool_calls().iter().cloned()).collect(),
            results: tail.iter().filter(|message| message.role() == Role::Tool).cloned().collect(),
            fresh_results: tail.iter().rev().take_while(|message| message.role() == Role::Tool).count(),
            answered_before: of_role(Role::Assistant).any(|message| !message.text_str().trim().is_empty()),
        }
    }

    /// All user messages, latest first.
    pub(super) fn latest_first(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str()).chain(self.earlier.iter().rev().map(String::as_str))
    }
}
