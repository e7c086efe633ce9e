//! Row 31: a state that is its own parent.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
#[state(parent = ChatState)]
struct ChatState {
    #[state(shared)]
    topic: String,
}

fn main() {}
