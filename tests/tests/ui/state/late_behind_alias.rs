//! An alias that hides `Late`.
use graph_core::prelude::*;

type Text = Late<String>;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    joke: Text,
}

#[node]
async fn ask(_: &ChatState) -> ChatStateWrite::Topic {
    ChatStateWrite::Topic(String::new())
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
