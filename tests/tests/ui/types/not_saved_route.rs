//! Row 38: a node decides its route with what cannot be saved.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct ChatState {
    #[state(input)]
    topic: String,
}

enum Verdict {
    Good,
    Bad,
}

#[node]
async fn ask(_: &ChatState) -> Command<ChatStateUpdate, Verdict> {
    Command::new(ChatStateUpdate::default(), Verdict::Good)
}

#[node]
async fn mend(_: &ChatState) -> ChatStateUpdate {
    ChatStateUpdate::default()
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |_, verdict| match verdict {
            Verdict::Good => END,
            Verdict::Bad => mend,
        };
        mend -> END;
    }
}

fn main() {
    // Valid: without a checkpointer.
    let app = ChatGraph::new();
    let _ = app.checkpointer(MemorySaver::new());
}
