//! Row 47: an option twice.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    #[state(input)]
    topic: String,
}

fn main() {}
