//! END as what is waited for.
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
async fn a(_: &ChatState) -> Said {
    Said { topic: "a".into() }
}

#[node]
async fn b(_: &ChatState) -> Said {
    Said { topic: "b".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> [a, END] -> b -> END;
    }
}

fn main() {}
