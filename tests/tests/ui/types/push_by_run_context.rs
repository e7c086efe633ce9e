//! Row 92: a message pushed by the context of any graph.
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
async fn ask(_: &ChatState, cx: &RunContext) -> Said {
    cx.push_message(Message::assistant("one moment"));
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
