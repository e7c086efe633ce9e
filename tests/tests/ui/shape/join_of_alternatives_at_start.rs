//! Row 45: alternatives of the first edge.
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
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> |state| if state.count > 3 { left } else { right };
        [left, right] -> ask -> END;
    }
}

fn main() {}
