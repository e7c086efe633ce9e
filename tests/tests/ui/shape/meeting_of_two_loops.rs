//! Row 62: the branches of a fork inside a loop.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(reduce = Sum)]
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged {
    count: u64,
    log: Vec<String>,
}

#[node]
async fn ask(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["ask".into()] }
}

#[node]
async fn look(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["look".into()] }
}

#[node]
async fn think(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["think".into()] }
}

#[node]
async fn note(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["note".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> [look, think];
        look -> |state| match state.count {
            0 => look,
            1 => END,
            _ => note,
        };
        think -> note;
        note -> |state| if state.count > 9 { END } else { ask };
    }
}

fn main() {}
