//! Row 22: a pattern with a field that is not there.
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

#[node]
async fn ask(ChatState { topik, .. }: &ChatState) -> Said {
    Said { topic: topik.clone() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
