//! Row 119: an edge after it.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(reduce = Sum)]
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged {
    count: u64,
    log: Vec<String>,
}

#[node]
async fn ask(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["ask".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        each ask -> END;
    }
}

fn main() {}
