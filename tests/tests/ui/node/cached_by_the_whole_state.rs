//! A cached node that reads a state that cannot be part of a key.
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

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ChatState)]
struct Said {
    topic: String,
}

#[node(cache)]
async fn ask(state: &ChatState) -> Said {
    Said { topic: format!("{state:?}") }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
