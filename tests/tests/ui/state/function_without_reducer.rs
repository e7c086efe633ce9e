//! Row 27: a function without `#[reducer]`.
use graph_core::prelude::*;

fn keep(current: &mut u64, new: u64) {
    *current = new;
}

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reduce = keep)]
    count: u64,
}

fn main() {}
