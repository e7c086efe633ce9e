//! Row 45: alternatives of a nested router.
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
async fn note(_: &ChatState) -> Logged {
    Logged { log: vec!["note".into()] }
}

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> note;
        note -> |state| match state.count {
            0 => if state.topic.is_empty() { left } else { right },
            _ => END,
        };
        [left, right] -> ask -> END;
    }
}

fn main() {}
