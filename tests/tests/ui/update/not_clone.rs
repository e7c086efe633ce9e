//! An update that cannot be cloned.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Debug)]
#[update(ChatState)]
struct Said {
    topic: String,
}

fn main() {}
