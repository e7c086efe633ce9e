//! A handler that writes something else than its node.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    count: u64,
    answer: Late<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    topic: String,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Counted {
    count: u64,
}

#[node(on_error = apologize)]
async fn ask(_: &ChatState) -> NodeResult<Said> {
    Err(NodeError::msg("no"))
}

#[node]
async fn apologize(_: NodeFailure) -> Counted {
    Counted { count: 1 }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {
    let _ = NodeFailure::<()>::clone;
}
