//! Row 25: in the first edge.
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
async fn write(line: String) -> Said {
    Said { topic: line }
}

graph! {
    ChatGraph<ChatState> {
        START -> |state| for line in &state.log { write(line.clone()) };
        write -> END;
    }
}

fn main() {}
