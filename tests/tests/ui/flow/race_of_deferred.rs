//! Row 24: two nodes that wait until nothing else is left.
include!("../preamble.rs");

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged {
    log: Vec<String>,
}

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn answer(_: &ChatState) -> Said {
    Said { topic: "answer".into() }
}

#[node]
async fn left(_: &ChatState) -> Logged {
    Logged { log: vec!["left".into()] }
}

#[node]
async fn right(_: &ChatState) -> Logged {
    Logged { log: vec!["right".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> left -> [right, answer];
        right -> ask -> END;
        answer -> END;
        defer answer, ask;
    }
}

fn main() {}
