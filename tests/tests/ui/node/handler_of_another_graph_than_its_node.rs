//! A handler that takes the context of another graph than its node.
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
async fn ask(_: &ChatState, _: &Context<ChatGraph>) -> NodeResult<Said> {
    Err(NodeError::msg("no"))
}

#[node]
async fn apologize(_: NodeFailure, cx: &Context<OtherGraph>) -> Said {
    Said { topic: cx.node().to_owned() }
}

#[node]
fn other(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    OtherGraph<ChatState> {
        START -> other -> END;
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
