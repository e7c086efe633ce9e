//! A reducer that returns the new value.
use graph_core::prelude::*;

#[reducer]
fn keep(current: &mut u64, new: u64) -> u64 {
    *current + new
}

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reduce = keep)]
    count: u64,
}

fn main() {}
