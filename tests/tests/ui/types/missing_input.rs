//! Row 42: a run without what it has to be given.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {
    let _ = ChatGraph::new().run(ChatStateInput {});
}
