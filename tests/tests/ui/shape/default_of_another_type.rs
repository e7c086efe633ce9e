//! A default that is of another type.
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
    Said { topic: String::new() }
}

#[node]
async fn answer(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        defaults(retry(max_attempts = "3"));

        START -> ask -> answer -> END;
    }
}

fn main() {}
