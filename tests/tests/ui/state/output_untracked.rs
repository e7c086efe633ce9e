//! Row 87: an output that is not saved.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(output, untracked)]
    answer: String,
}

fn takes(_: ChatStateOutput) {}

fn main() {}
