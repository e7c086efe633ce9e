//! Row 91: a message pushed in a graph whose state has none.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    topic: String,
}

#[node]
async fn ask(_: &ChatState, cx: &Context<ChatGraph>) -> Said {
    cx.push_message(Message::assistant("one moment"));
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
