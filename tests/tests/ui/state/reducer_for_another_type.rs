//! Row 26: a reducer for another type.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input, reduce = Append)]
    count: u64,
}

fn main() {}
