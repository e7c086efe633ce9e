//! An update that does not say of which state.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
struct Said {
    topic: String,
}

#[node]
async fn say(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> say -> END;
    }
}

fn main() {}
