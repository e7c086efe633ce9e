//! A node named as one of Rust's own types.
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
async fn str(_: &ChatState) -> ChatStateWrite::Count {
    let count: &str = "seven";
    ChatStateWrite::Count(count.len() as u64)
}

graph! {
    ChatGraph<ChatState> {
        START -> str -> END;
    }
}

fn main() {}
