//! Row 52: a deferred node that leads to what has run while it waited.
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
async fn b(_: &ChatState) -> Logged {
    Logged { log: vec!["b".into()] }
}

#[node]
async fn c(_: &ChatState) -> Logged {
    Logged { log: vec!["c".into()] }
}

#[node]
async fn d(_: &ChatState) -> Logged {
    Logged { log: vec!["d".into()] }
}

#[node]
async fn last(_: &ChatState) -> Logged {
    Logged { log: vec!["last".into()] }
}

#[node]
async fn meet(_: &ChatState) -> Logged {
    Logged { log: vec!["meet".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> [b, c];
        b -> d -> meet;
        c -> last -> meet;
        meet -> END;
        defer last;
    }
}

fn main() {}
