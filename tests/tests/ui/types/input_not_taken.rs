//! Row 30: a `for` edge to a node that takes no input.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged {
    log: Vec<String>,
}

#[node]
async fn answer(_: &ChatState) -> Logged {
    Logged { log: Vec::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| for line in &state.log { answer(line) };
        answer -> END;
    }
}

fn main() {}
