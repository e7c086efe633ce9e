//! Row 124: `invoke` on a thread.
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

fn main() {
    let app = ChatGraph::new().checkpointer(MemorySaver::new());
    let _ = app.thread("1").invoke(ChatStateInput { topic: String::new() }).blocking();
}
