//! Row 124: a node added to a graph that is complete.
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
    let mut app = ChatGraph::new();
    app.add_node("ask", ask);
}
