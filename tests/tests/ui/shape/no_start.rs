//! Row 9: nothing leads out of START.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        ask -> END;
    }
}

fn main() {}
