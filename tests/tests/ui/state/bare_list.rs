//! Row 59: a list that does not say what a write does.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    log: Vec<String>,
}

fn main() {}
