//! Row 119: a node that is not there.
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

#[node]
async fn left(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["left".into()] }
}

#[node]
async fn right(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["right".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> [left, right];
        left -> ask;
        right -> ask -> END;
        each asks;
    }
}

fn main() {}
