//! A collection that is none of the usual ones.
use graph_core::prelude::*;

use std::collections::BinaryHeap as Heap;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    heap: Heap<u64>,
}

#[node]
async fn ask(_: &ChatState) -> ChatStateWrite::Heap {
    ChatStateWrite::Heap(Default::default())
}

#[node]
async fn answer(_: &ChatState) -> ChatStateWrite::Heap {
    ChatStateWrite::Heap(Default::default())
}

graph! {
    ChatGraph<ChatState> {
        START -> [ask, answer] -> END;
    }
}

fn main() {}
