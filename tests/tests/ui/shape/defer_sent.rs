//! Row 90: a node that a `for` edge sends its input.
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
async fn write(line: String) -> Logged {
    Logged { log: vec![line] }
}

graph! {
    ChatGraph<ChatState> {
        START -> |state| for line in &state.log { write(line.clone()) };
        write -> END;
        defer write;
    }
}

fn main() {}
