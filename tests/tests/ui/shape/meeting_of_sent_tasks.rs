//! Row 62: a node that is sent its input, by two branches.
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
async fn more(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["more".into()] }
}

#[node]
async fn note(_: String, _: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["note".into()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> [tell, plan];
        tell -> |state| for line in state.log.clone() { note(line) };
        plan -> more;
        more -> |state| for line in state.log.clone() { note(line) };
        note -> END;
    }
}

fn main() {}
