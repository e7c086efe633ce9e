//! Row 47: parameters.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState<T> {
    topic: T,
}

fn main() {}
