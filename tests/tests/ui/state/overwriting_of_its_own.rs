//! Two nodes write a field whose own reducer says that it overwrites.
use graph_core::prelude::*;

enum Newest {}

impl Reducer<u64> for Newest {
    type Input = u64;
    const FOLDS: bool = false;

    fn reduce(current: &mut u64, input: u64) {
        *current = input;
    }
}

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(reduce = Newest)]
    last: u64,
}

#[node]
async fn ask(_: &ChatState) -> ChatStateWrite::Last {
    ChatStateWrite::Last(Default::default())
}

#[node]
async fn answer(_: &ChatState) -> ChatStateWrite::Last {
    ChatStateWrite::Last(Default::default())
}

graph! {
    ChatGraph<ChatState> {
        START -> [ask, answer] -> END;
    }
}

fn main() {}
