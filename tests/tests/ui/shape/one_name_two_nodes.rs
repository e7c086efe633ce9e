//! Row 28: one name for two nodes.
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
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

mod a {
    pub(crate) use super::ask;
}
mod b {
    pub(crate) use super::ask;
}

graph! {
    ChatGraph<ChatState> {
        START -> a::ask -> b::ask -> END;
    }
}

fn main() {}
