//! A reducer as a string.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reduce = "Append")]
    log: Vec<String>,
}

fn main() {}
