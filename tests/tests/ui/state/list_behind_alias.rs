//! A list behind an alias, whose race is the same mistake.
use graph_core::prelude::*;

type Lines = Vec<String>;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    lines: Lines,
}

#[node]
async fn ask(_: &ChatState) -> ChatStateWrite::Lines {
    ChatStateWrite::Lines(Default::default())
}

#[node]
async fn answer(_: &ChatState) -> ChatStateWrite::Lines {
    ChatStateWrite::Lines(Default::default())
}

graph! {
    ChatGraph<ChatState> {
        START -> [ask, answer] -> END;
    }
}

fn main() {}
