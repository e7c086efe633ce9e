//! A path that means something else inside the expansion.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
#[state(crate = graph_core)]
struct ChatState {
    topic: String,
}

fn main() {}
