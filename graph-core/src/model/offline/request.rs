//! What is asked, seen from the end of the conversation.
use super::super::prompt::Prompt;
use super::words::plain;
use crate::message::{Message, Role, ToolCall};

/// The parts of a prompt that the rules look at.
pub(super) struct Request {
    /// What the user said last, as written and as patterns see it.
    pub(super) text: String,
    pub(super) plain: String,
    /// What the user said before, oldest first.
    pub(super) earlier: Vec<String>,
    /// All system messages.
    pub(super) system: String,
    /// How many messages the conversation has, system messages left out.
    pub(super) message_count: usize,
    /// Calls made since the user spoke, and the results that came of them.
    pub(super) calls: Vec<ToolCall>,
    pub(super) results: Vec<Message>,
    /// Results at the very end: nothing has been said about them yet.
    pub(super) fresh_results: usize,
    /// Whether there is an answer in words already.
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

    /// All that the user said, latest first.
    pub(super) fn latest_first(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str()).chain(self.earlier.iter().rev().map(String::as_str))
    }
}
