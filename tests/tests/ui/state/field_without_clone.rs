//! Row 103: a field without `Clone`.
use graph_core::prelude::*;

#[derive(Debug, Default)]
struct Connection;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    connection: Connection,
}

fn main() {}
