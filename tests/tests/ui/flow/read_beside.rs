//! Row 23: written in the same super-step only.
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
async fn rate(ChatState { joke, .. }: &ChatState) -> Logged {
    Logged { log: vec![joke.to_string()] }
}

#[node]
async fn note(_: &ChatState) -> Logged {
    Logged { log: vec!["note".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> note -> [joke, rate];
        [joke, rate] -> END;
    }
}

fn main() {}
