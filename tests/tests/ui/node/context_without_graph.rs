//! A context of no graph.
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
async fn ask(_: &ChatState, cx: &Context) -> Said {
    Said { topic: String::new() }
}

fn main() {}
