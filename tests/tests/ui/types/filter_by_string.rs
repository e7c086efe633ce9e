//! Row 39: a stream filtered by the name of a node as a string.
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
    let input = ChatStateInput { topic: String::new() };
    let _ = ChatGraph::new().run(input).updates().from("ask");
}
