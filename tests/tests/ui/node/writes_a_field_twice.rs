//! A node that writes a field twice.
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
async fn ask(_: &ChatState) -> (ChatStateWrite::Count, ChatStateWrite::Count) {
    (ChatStateWrite::Count(1), ChatStateWrite::Count(2))
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
