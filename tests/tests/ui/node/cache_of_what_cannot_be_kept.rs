//! A cached node whose update cannot be written down.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(input)]
    tone: Tone,
    count: u64,
}

#[derive(Clone, Debug, Default)]
struct Tone;

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    topic: String,
}

#[node(cache)]
async fn ask(ChatState { topic: _topic, .. }: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
