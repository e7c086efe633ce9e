//! Row 24: a replacement of what another node of the super-step adds to.
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

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Fresh {
    #[update(replace)]
    log: Vec<String>,
}

#[node]
async fn add(_: &ChatState) -> Logged {
    Logged { log: vec!["add".into()] }
}

#[node]
async fn renew(_: &ChatState) -> Fresh {
    Fresh { log: vec!["renew".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> [add, renew] -> END;
    }
}

fn main() {}
