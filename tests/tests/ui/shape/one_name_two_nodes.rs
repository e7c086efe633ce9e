//! Row 28: one name for two nodes.
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

mod a {
    use super::*;

    #[node]
    pub(super) async fn ask(_: &ChatState) -> Said {
        Said { topic: "a".into() }
    }
}

mod b {
    use super::*;

    #[node]
    pub(super) async fn ask(_: &ChatState) -> Said {
        Said { topic: "b".into() }
    }
}

graph! {
    ChatGraph<ChatState> {
        START -> a::ask -> b::ask -> END;
    }
}

fn main() {}
