//! Row 51: behind START.
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

graph! {
    ChatGraph<ChatState> {
        START -> |state| if state.count > 3 { left } else { right };
        START -> left;
        left -> END;
        right -> END;
    }
}

fn main() {}
