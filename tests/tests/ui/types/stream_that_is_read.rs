//! Row 124: `stream` on an app, and what is read from it.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct ChatState {
    #[state(input)]
    topic: String,
}

#[node]
async fn ask(_: &ChatState) -> ChatStateWrite::Topic {
    ChatStateWrite::Topic("ask".into())
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

async fn read() {
    let mut stream = ChatGraph::new().stream(ChatStateInput { topic: String::new() });
    while let Some(_) = stream.next().await {}
}

fn main() {}
