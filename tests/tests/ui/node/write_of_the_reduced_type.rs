//! A write to a field with a reducer, with one entry instead of its list.
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
async fn ask(_: &ChatState) -> ChatStateWrite::Log {
    ChatStateWrite::Log(String::new())
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
