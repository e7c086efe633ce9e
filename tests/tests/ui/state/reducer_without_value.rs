//! `reduce` that names nothing.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reduce)]
    log: Vec<String>,
}

fn main() {}
