//! Row 124: `compile`, and the runs of what it gives.
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
    let app = ChatGraph::new().compile();
    let _ = app.thread("1").run(ChatStateInput { topic: String::new() }).blocking();
}
