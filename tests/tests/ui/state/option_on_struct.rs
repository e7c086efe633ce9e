//! An option of a field, on the struct.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
#[state(input)]
struct ChatState {
    topic: String,
}

fn main() {}
