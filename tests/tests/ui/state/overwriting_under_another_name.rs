//! Two nodes write a field whose reducer overwrites, under another name.
use graph_core::prelude::*;
use graph_core::state::Overwrite as LastWins;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(reduce = LastWins)]
    lines: Vec<String>,
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
