//! Row 39: a breakpoint at a node that is not there.
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
    let thread = ChatGraph::new().checkpointer(MemorySaver::new()).thread("1");
    let _ = thread.continue_run().interrupt_before([ChatGraphNode::Aks]);
}
