//! Row 18: an option that is not there.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reducer = Append)]
    topic: String,
}

fn main() {}
