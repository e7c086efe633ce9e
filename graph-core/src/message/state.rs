//! The state of a graph that only talks.
#![allow(missing_docs, missing_debug_implementations, reason = "on what the derives generate")]

use serde::{Deserialize, Serialize};

use super::{AddMessages, Message, Messages};
use crate::tool::{PendingCall, has_pending_calls, pending_calls};
use crate::{State, Update};

/// A state that is a conversation, and nothing else. LangGraph's `MessagesState`.
///
/// A state with more fields has its own field of messages, under `#[state(input, reduce = AddMessages)]`;
/// [`pending_calls`] is for any.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[node]
/// async fn greet(state: &MessagesState) -> NewMessages {
///     Message::assistant(format!("You said: {}", state.messages[0].text())).into()
/// }
///
/// graph! {
///     Greeting<MessagesState> {
///         START -> greet -> END;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> graph_core::Result<()> {
/// let state = Greeting::new().run(MessagesState::input(Message::user("hi"))).await?;
/// assert_eq!(state.messages.last().map(Message::text).as_deref(), Some("You said: hi"));
/// # Ok(())
/// # }
/// ```
#[derive(State, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[state(crate = crate)]
pub struct MessagesState {
    /// The conversation.
    #[state(input, reduce = AddMessages)]
    pub messages: Vec<Message>,
}

impl MessagesState {
    /// The input of a run: new messages of the conversation.
    pub fn input(messages: impl Into<Messages>) -> MessagesStateInput {
        MessagesStateInput { messages: messages.into() }
    }

    /// The tool calls that have no answer yet: see [`pending_calls`].
    #[must_use]
    pub fn pending_tool_calls(&self) -> Vec<PendingCall> {
        pending_calls(&self.messages)
    }

    /// Whether there are tool calls without an answer.
    #[must_use]
    pub fn has_pending_tool_calls(&self) -> bool {
        has_pending_calls(&self.messages)
    }
}

/// The update of a [`MessagesState`]: messages that are added to the conversation.
#[derive(Update, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[update(MessagesState, crate = crate)]
pub struct NewMessages {
    /// The messages.
    pub messages: Messages,
}

impl<T: Into<Messages>> From<T> for NewMessages {
    fn from(messages: T) -> Self {
        Self { messages: messages.into() }
    }
}
