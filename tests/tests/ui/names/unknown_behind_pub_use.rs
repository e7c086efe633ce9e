//! Row 1: through a `pub use`.
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
    mod inner {
        use crate::*;

        #[node]
        pub(crate) async fn ask(_: &ChatState) -> Said {
            Said { topic: "ask".into() }
        }
    }
    pub(crate) use inner::ask;
}

graph! {
    ChatGraph<ChatState> {
        START -> nodes::ask -> nodes::answer -> END;
    }
}

fn main() {}
