//! A node that returns a tuple of a write and of what is none.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[node]
async fn ask(_: &ChatState) -> (ChatStateWrite::Count, String) {
    (ChatStateWrite::Count(1), String::new())
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
