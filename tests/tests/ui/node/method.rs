//! Row 48: a method.
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

struct Asker;

impl Asker {
    #[node]
    async fn ask(&self, _: &ChatState) -> Said {
        Said { topic: String::new() }
    }
}

fn main() {}
