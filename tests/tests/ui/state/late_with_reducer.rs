//! A late field with a reducer.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reduce = Append)]
    log: Late<Vec<String>>,
}

fn main() {}
