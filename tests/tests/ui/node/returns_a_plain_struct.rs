//! A node that returns a struct of its own, without the derive.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

struct Answer {
    count: u64,
}

#[node]
async fn ask(_: &ChatState) -> Answer {
    Answer { count: 1 }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
