//! Row 52: from START.
include!("../preamble.rs");

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged {
    log: Vec<String>,
}

#[node]
async fn left(_: &ChatState) -> Logged {
    Logged { log: vec!["left".into()] }
}

#[node]
async fn right(_: &ChatState) -> Logged {
    Logged { log: vec!["right".into()] }
}

#[node]
async fn more(_: &ChatState) -> Logged {
    Logged { log: vec!["more".into()] }
}

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> [left, right];
        right -> more;
        left -> ask;
        more -> ask;
        ask -> END;
    }
}

fn main() {}
