//! A context given to a run whose graph declares none.
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
    let _ = ChatGraph::new().run(ChatStateInput { topic: String::new() }).context(Default::default());
}
