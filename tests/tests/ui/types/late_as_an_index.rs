//! A late field in an index.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    joke: Late<String>,
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
struct Joked {
    joke: String,
}

#[node]
async fn joke(_: &ChatState) -> Joked {
    Joked { joke: "..".into() }
}

#[node]
async fn rate(state: &ChatState) -> Logged {
    Logged { log: vec![state.topic[..state.joke.len()].to_owned()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> joke -> rate -> END;
    }
}

fn main() {}
