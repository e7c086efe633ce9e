//! Pushed messages: streamed at once, written when the task has ended.

mod alone;
mod beside_policies;
mod failing;
mod inside;
mod late;
mod side_by_side;
mod silent;

use std::time::Duration;

use graph_core::prelude::*;
use graph_core::run::{MessageContent, TaskState};
use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::kit::{items, read};

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
    done: bool,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Chat)]
struct Said {
    messages: Messages,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Chat)]
struct Done {
    done: bool,
}

fn nothing() -> ChatInput {
    ChatInput { messages: Messages::new() }
}

fn texts(messages: &[Message]) -> Vec<String> {
    messages.iter().map(Message::text).collect()
}

fn say(text: &str) -> Message {
    Message::assistant(text)
}
