//! Row 62: a join leads to what another branch has run already.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(reduce = Sum)]
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged {
    count: u64,
    log: Vec<String>,
}

#[node]
async fn tell(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["tell".into()] }
}

#[node]
async fn plan(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["plan".into()] }
}

#[node]
async fn look(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["look".into()] }
}

#[node]
async fn note(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["note".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> [tell, plan, look];
        [tell, plan] -> note;
        look -> |state| if state.count > 4 { look } else { note };
        note -> END;
    }
}

fn main() {}
