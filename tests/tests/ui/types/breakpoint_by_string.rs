//! Row 39: a breakpoint by a text.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct ChatState {
    #[state(input)]
    topic: String,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ChatState)]
struct Said {
    topic: String,
}

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
    let app = ChatGraph::new().checkpointer(MemorySaver::new());
    let _ = app.interrupt_after(["ask"]);
}
