//! An update of what is no state.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

struct Plain {
    topic: String,
}

#[derive(Update, Clone, Debug)]
#[update(Plain)]
struct Said {
    topic: String,
}

fn main() {}
