//! Row 92: a text pushed as a message.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(reduce = AddMessages)]
    messages: Vec<Message>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    topic: String,
}

#[node]
async fn ask(_: &ChatState, cx: &Context<ChatGraph>) -> Said {
    cx.push_message("one moment");
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
