//! An async function on the blocking pool.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    topic: String,
}

#[node(blocking)]
async fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
