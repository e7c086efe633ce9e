//! A late field behind `..`.
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
    let mut log = Vec::new();
    for _ in 0..state.joke.len() {
        log.push(state.topic.clone());
    }
    Logged { log }
}

graph! {
    ChatGraph<ChatState> {
        START -> joke -> rate -> END;
    }
}

fn main() {}
