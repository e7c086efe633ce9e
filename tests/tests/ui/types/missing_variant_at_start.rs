//! Row 13: a variant, in the first edge.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    next: Step,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    topic: String,
}

#[derive(Clone, Debug, Default)]
enum Step {
    #[default]
    Ask,
    Answer,
    Stop,
}

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn answer(_: &ChatState) -> Said {
    Said { topic: "answer".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> |state| match state.next {
            Step::Ask => ask,
            Step::Answer => answer,
        };
        ask -> END;
        answer -> END;
    }
}

fn main() {}
