//! Row 1: sent to a node that is not there.
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
struct Logged {
    log: Vec<String>,
}

#[node]
async fn ask(_: &ChatState) -> Logged {
    Logged { log: vec![] }
}

#[node]
async fn write(line: String) -> Logged {
    Logged { log: vec![line] }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| for line in &state.log { wright(line.clone()) };
        wright -> END;
    }
}

fn main() {}
