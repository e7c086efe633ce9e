//! A reducer called `Overwrite` that folds.
use graph_core::prelude::*;

mod own {
    pub enum Overwrite {}

    impl graph_core::state::Reducer<u64> for Overwrite {
        type Input = u64;

        fn reduce(current: &mut u64, input: u64) {
            *current += input;
        }
    }
}

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(reduce = own::Overwrite)]
    count: u64,
}

#[node]
async fn ask(_: &ChatState) -> ChatStateWrite::Topic {
    ChatStateWrite::Topic(String::new())
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
