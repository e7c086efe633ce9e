//! Row 18: an option spelled nearly right.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(outputs)]
    answer: String,
}

fn main() {}
