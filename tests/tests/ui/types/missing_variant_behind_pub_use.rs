//! Row 13: a variant of an enum from another module.
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

mod steps {
    mod inner {
        #[derive(Clone, Debug, Default)]
        pub(crate) enum Step {
            #[default]
            Ask,
            Answer,
            Stop,
        }
    }
    pub(crate) use inner::Step as NextStep;
}
use steps::NextStep as Step;

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
        START -> |ChatState { next, .. }| match next {
            Step::Ask => ask,
            Step::Stop => END,
        };
        ask -> END;
    }
}

fn main() {}
