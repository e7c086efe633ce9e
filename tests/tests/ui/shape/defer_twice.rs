//! Row 90: twice.
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
struct Logged {
    log: Vec<String>,
}

#[node]
async fn ask(_: &ChatState) -> Logged {
    Logged { log: vec!["ask".into()] }
}

#[node]
async fn left(_: &ChatState) -> Logged {
    Logged { log: vec!["left".into()] }
}

#[node]
async fn right(_: &ChatState) -> Logged {
    Logged { log: vec!["right".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> [left, right];
        left -> ask;
        right -> ask -> END;
        defer ask, ask;
    }
}

fn main() {}
