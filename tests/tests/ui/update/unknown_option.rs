//! Row 18: an option that is not there.
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
struct Said {
    #[update(mabye)]
    topic: String,
}

fn main() {}
