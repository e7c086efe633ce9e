//! A graph made without what its nodes need.
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
    let _ = ChatGraph::new();
}
