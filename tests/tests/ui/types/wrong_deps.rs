//! Row 43: the wrong dependencies.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState, String> {
        START -> ask -> END;
    }
}

fn main() {
    let _ = ChatGraph::new(7);
}
