//! Row 89: a breakpoint of a run that could not be continued.
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
    let run = ChatGraph::new().run(ChatStateInput { topic: "cats".into() });
    let _ = run.interrupt_before([ChatGraphNode::Ask]);
}
