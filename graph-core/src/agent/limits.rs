//! How often an agent may call its model and its tools until it answers.

use super::ModelCallLimit;
use crate::message::{Message, Role};
use crate::tool::{PendingCall, ToolError, pending_calls};

/// Counted from the last message of the user: the conversation says it, so that nothing else has to be saved.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Limits {
    pub model_calls: Option<usize>,
    pub tool_calls: Option<usize>,
}

impl Limits {
    /// Whether the model may be called.
    pub(super) fn model_call(self, messages: &[Message]) -> Result<(), ModelCallLimit> {
        let Some(limit) = self.model_calls else { return Ok(()) };
        let is_over = since_the_user(messages, Role::Assistant) >= limit;
        if is_over { Err(ModelCallLimit { limit }) } else { Ok(()) }
    }

    /// Whether a pending call may be executed. Those of one message count in their order.
    pub(super) fn tool_call(self, messages: &[Message], call: &PendingCall) -> Result<(), ToolError> {
        let Some(limit) = self.tool_calls else { return Ok(()) };
        let position = pending_calls(messages).iter().position(|pending| pending == call).unwrap_or_default();
        let is_over = since_the_user(messages, Role::Tool) + position >= limit;
        if is_over { Err(ToolError::LimitReached { limit }) } else { Ok(()) }
    }
}

fn since_the_user(messages: &[Message], role: Role) -> usize {
    let turn = messages.iter().rev().take_while(|message| message.role() != Role::User);
    turn.filter(|message| message.role() == role).count()
}
