//! A run that is not awaited.
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
    let state = ChatGraph::new().run(ChatStateInput { topic: String::new() });
    println!("{}", state.topic);
}
