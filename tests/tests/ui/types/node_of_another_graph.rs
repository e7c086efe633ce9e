//! Row 5: a node that takes the context of another graph.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    topic: String,
}

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn answer(_: &ChatState, cx: &Context<OtherGraph>) -> Said {
    Said { topic: cx.node().into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> answer -> END;
    }
}

graph! {
    OtherGraph<ChatState> {
        START -> answer -> END;
    }
}

fn main() {}
