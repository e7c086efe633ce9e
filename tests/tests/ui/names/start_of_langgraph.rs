//! START as it is written elsewhere.
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

graph! {
    ChatGraph<ChatState> {
        __start__ -> ask -> END;
    }
}

fn main() {}
