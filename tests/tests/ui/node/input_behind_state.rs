//! Row 48: the input behind the state.
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
async fn ask(_: &ChatState, text: String) -> Said {
    Said { topic: text }
}

graph! {
    ChatGraph<ChatState> {
        START -> |state| for line in &state.log { ask(line.clone()) };
        ask -> END;
    }
}

fn main() {}
