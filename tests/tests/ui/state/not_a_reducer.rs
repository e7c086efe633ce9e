//! Row 27: a type that is no reducer.
use graph_core::prelude::*;

struct Keep;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reduce = Keep)]
    count: u64,
}

fn main() {}
