//! Row 44: a node whose future cannot be sent.
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
    let text = std::rc::Rc::new(String::new());
    other().await;
    Said { topic: (*text).clone() }
}

async fn other() {}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
