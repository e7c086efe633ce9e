//! Row 45: under other names.
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
        START -> note;
        note -> |state| if state.count > 3 { note as left } else { note as right };
        [left, right] -> ask -> END;
    }
}

fn main() {}
