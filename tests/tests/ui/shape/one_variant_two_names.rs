//! Two names that are one in the enums.
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
async fn ask_it(_: &ChatState) -> Said {
    Said { topic: "ask_it".into() }
}

#[node]
async fn ask__it(_: &ChatState) -> Said {
    Said { topic: "ask__it".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask_it -> ask__it -> END;
    }
}

fn main() {}
