//! Row 25: many tasks that write a field without a reducer.
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
    Said { topic: "ask".into() }
}

#[node]
async fn write(line: String) -> Said {
    Said { topic: line }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| for line in &state.log { write(line.clone()) };
        write -> END;
    }
}

fn main() {}
