//! Row 41: an event that the graph does not declare.
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
async fn ask(_: &ChatState, cx: &Context<ChatGraph>) -> Said {
    cx.emit("half way");
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        custom u64;

        START -> ask -> END;
    }
}

fn main() {}
