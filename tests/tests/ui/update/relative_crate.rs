//! A path that means something else inside the expansion.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState, crate = graph_core)]
struct Said {
    topic: String,
}

fn main() {}
