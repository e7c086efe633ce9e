//! Row 19: a field of another type.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Counted {
    count: String,
}

fn main() {}
