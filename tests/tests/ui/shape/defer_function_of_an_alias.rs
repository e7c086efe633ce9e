//! Row 90: the function of a node that goes by another name.
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
struct Logged {
    log: Vec<String>,
}

#[node]
async fn note(_: &ChatState) -> Logged {
    Logged { log: vec!["note".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> [note as left, note as right] -> note as last -> END;
        defer note;
    }
}

fn main() {}
