//! Row 52: under other names.
include!("../preamble.rs");

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged {
    log: Vec<String>,
}

#[node]
async fn note(_: &ChatState) -> Logged {
    Logged { log: vec!["note".into()] }
}

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> note -> [note as left, note as right];
        right -> note as more;
        left -> ask;
        more -> ask;
        ask -> END;
    }
}

fn main() {}
