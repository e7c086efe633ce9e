//! Row 20: a node that forgets a field of its update.
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
    topic: String,
    count: u64,
}

#[node]
async fn say(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

fn main() {}
