//! A node that returns a write of another state.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(State, Clone, Debug, Default)]
struct OtherState {
    count: u64,
}

#[node]
async fn ask(_: &ChatState) -> OtherStateWrite::Count {
    OtherStateWrite::Count(1)
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
