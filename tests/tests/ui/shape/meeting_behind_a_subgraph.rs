//! Row 62: a subgraph takes one super-step, and its exit leads round once more.
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
async fn think(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["think".into()] }
}

#[node]
async fn note(_: &ChatState) -> Logged {
    Logged { count: 1, log: vec!["note".into()] }
}

graph! {
    Plan<ChatState> {
        exit Again;
        START -> think -> |state| if state.count < 3 { END::Again } else { END };
    }
}

graph! {
    ChatGraph<ChatState> {
        START -> [tell, Plan as plan];
        plan -> |_, exit| match exit {
            PlanExit::Again => plan,
            PlanExit::End => note,
        };
        tell -> note;
        note -> END;
    }
}

fn main() {}
