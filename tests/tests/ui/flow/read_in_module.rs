//! Row 23: a node of another module, through a `pub use`.
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

mod nodes {
    use super::*;

    #[node]
    pub(super) async fn rate(ChatState { joke, .. }: &ChatState) -> Logged {
        Logged { log: vec![joke.to_string()] }
    }
}
use nodes::rate as judge;

graph! {
    ChatGraph<ChatState> {
        START -> judge -> joke -> END;
    }
}

fn main() {}
