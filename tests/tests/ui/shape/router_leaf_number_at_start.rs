//! Row 15: a number, in the first edge.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> |state| if state.count > 3 { 7 } else { ask };
        ask -> END;
    }
}

fn main() {}
