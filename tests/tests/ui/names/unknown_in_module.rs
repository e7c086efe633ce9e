//! Row 1: in another module.
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

mod nodes {
    use super::*;

    #[node]
    pub(super) async fn ask(_: &ChatState) -> Said {
        Said { topic: "ask".into() }
    }
}

graph! {
    ChatGraph<ChatState> {
        START -> nodes::aks -> END;
    }
}

fn main() {}
