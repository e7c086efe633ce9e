//! Row 18: a reducer that is not there.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input, reduce = Apend)]
    log: Vec<String>,
}

fn main() {}
