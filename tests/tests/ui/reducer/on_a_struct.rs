//! `#[reducer]` on what is no function.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reduce = Keep)]
    count: u64,
}

#[reducer]
struct Keep;

fn main() {}
