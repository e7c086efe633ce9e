//! Row 38: a field whose reducer takes what cannot be saved.
use graph_core::prelude::*;

#[derive(Clone, Debug)]
struct Reading(u64);

#[reducer]
fn highest(current: &mut u64, reading: Reading) {
    *current = reading.0.max(*current);
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(reduce = highest)]
    count: u64,
}

#[node]
async fn ask(_: &ChatState) -> ChatStateUpdate {
    ChatStateUpdate::default().count(Reading(1))
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {
    let _ = ChatGraph::new().checkpointer(MemorySaver::new());
}
