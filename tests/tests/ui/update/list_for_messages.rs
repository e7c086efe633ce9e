//! Row 19: a `Vec<Message>` where the reducer of messages takes `Messages`.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Reply {
    messages: Vec<Message>,
}

fn main() {}
