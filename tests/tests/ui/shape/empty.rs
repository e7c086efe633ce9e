//! Row 9: a graph without edges.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    topic: String,
}

graph! {
    ChatGraph<ChatState> {

    }
}

fn main() {}
