//! A handler that takes the context of another graph.
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
async fn apologize(_: NodeFailure, cx: &Context<OtherGraph>) -> Said {
    Said { topic: cx.node().to_owned() }
}

graph! {
    OtherGraph<ChatState> {
        START -> ask -> END;
    }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {
    let _ = NodeFailure::<()>::clone;
}
