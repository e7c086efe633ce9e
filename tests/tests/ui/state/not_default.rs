//! A state without a beginning.
use graph_core::prelude::*;

#[derive(State, Clone, Debug)]
struct ChatState {
    topic: String,
}

fn main() {}
