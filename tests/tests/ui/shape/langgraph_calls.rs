//! Edges added by calls.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        add_edge(START, ask);
        START -> ask -> END;
    }
}

fn main() {}
